import { classifyGraphError, type GraphErrorClass, mayRetry } from './error-class';
import { readGraphError } from './graph-error';
import { waitAskedFor } from './usage';

describe('an error of the Graph API', () => {
  const rows: [string, GraphErrorClass, number, code?: number, subcode?: number][] = [
    ['application request limit', 'throttled', 400, 4],
    ['user request limit', 'throttled', 400, 17],
    ['page request limit', 'throttled', 400, 32],
    ['custom rate limit', 'throttled', 400, 613],
    ['WhatsApp account rate limit', 'throttled', 400, 80007],
    ['throughput of the number', 'throttled', 400, 130429],
    ['one recipient too often', 'pair_throttled', 400, 131056],
    ['suspected spam, though its code is a throttle', 'held', 400, 4, 2207051],
    ['unknown API error', 'ambiguous', 500, 1],
    ['service error', 'ambiguous', 503, 2],
    ['something went wrong', 'ambiguous', 500, 131000],
    ['a code never seen, with a server error', 'ambiguous', 502, 987654],
    ['no code, with a server error', 'ambiguous', 504],
    ['no code, too many requests', 'throttled', 429],
    ['no code, not authorised', 'auth', 401],
    ['expired token', 'auth', 401, 190, 463],
    ['revoked token, whatever the subcode', 'auth', 400, 190, 12],
    ['session', 'auth', 401, 102],
    ['missing permission', 'permission', 403, 200],
    ['missing permission', 'permission', 403, 299],
    ['permission of the app', 'permission', 400, 10],
    ['24 hours over, WhatsApp', 'window_closed', 400, 131047],
    ['window over, Messenger and Instagram', 'window_closed', 400, 10, 2018278],
    ['not on WhatsApp', 'undeliverable', 400, 131026],
    ['opted out', 'undeliverable', 400, 131050],
    ['not available on Messenger', 'undeliverable', 400, 551],
    ['no such Messenger user', 'undeliverable', 400, 100, 2018001],
    ['spam rate', 'held', 400, 131048],
    ['too many marketing messages', 'held', 400, 131049],
    ['parameter count', 'template', 400, 132000],
    ['paused template', 'template', 400, 132015],
    ['invalid parameter', 'invalid', 400, 100],
    ['media upload', 'invalid', 400, 131053],
    ['payment', 'account', 400, 131042],
    ['blocked for policy', 'account', 400, 368],
    ['needs a phone', 'needs_phone', 400, 131062],
    ['a code never seen', 'invalid', 400, 987654],
  ];

  it.each(rows.map(([name, expected, ...numbers]) => ({ name, expected, numbers })))(
    '($name) is $expected: $numbers',
    ({ expected, numbers: [status, code, subcode] }) => {
      const given = { status, ...(code === undefined ? {} : { code }), ...(subcode === undefined ? {} : { subcode }) };
      expect(classifyGraphError(given)).toBe(expected);
    },
  );

  it('that Meta calls transient may have been executed', () => {
    expect(classifyGraphError({ status: 400, code: 987654, isTransient: true })).toBe('ambiguous');
  });

  it('about one recipient or the request itself is not worth a retry; the others are, once what they name is over', () => {
    expect(['undeliverable', 'invalid', 'needs_phone'].map((one) => mayRetry(one as GraphErrorClass))).toEqual([
      false,
      false,
      false,
    ]);
    expect(['auth', 'window_closed', 'template', 'ambiguous'].map((one) => mayRetry(one as GraphErrorClass))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('is read with all that Meta says', () => {
    const error = readGraphError(400, {
      error: {
        message: '(#131047) Re-engagement message',
        type: 'OAuthException',
        code: '131047',
        error_subcode: 2494010,
        error_data: { messaging_product: 'whatsapp', details: 'More than 24 hours have passed' },
        error_user_title: 'Title',
        error_user_msg: 'Say it again',
        fbtrace_id: 'Az8or2yhqkZfEZ',
      },
    });
    expect(error.errorClass).toBe('window_closed');
    expect(error.facts).toEqual({
      status: 400,
      code: 131047,
      subcode: 2494010,
      message: '(#131047) Re-engagement message',
      details: 'More than 24 hours have passed',
      userTitle: 'Title',
      userMessage: 'Say it again',
      fbtraceId: 'Az8or2yhqkZfEZ',
    });
    expect(error.message).toContain('fbtrace_id Az8or2yhqkZfEZ');
  });

  it.each([undefined, null, 'text', 7, [], {}, { error: null }, { error: 'text' }, { error: { code: {} } }])(
    'of no form known is an error even so: %j',
    (body) => {
      expect(readGraphError(400, body).errorClass).toBe('invalid');
      expect(readGraphError(500, body).errorClass).toBe('ambiguous');
    },
  );
});

describe('the wait that Meta asks for', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'tomorrow' }, undefined],
    [{ 'x-business-use-case-usage': '{"1":[{"type":"messenger","estimated_time_to_regain_access":0}]}' }, undefined],
    [
      {
        'x-business-use-case-usage':
          '{"1":[{"estimated_time_to_regain_access":2},{"estimated_time_to_regain_access":5}],"2":[null]}',
      },
      300_000,
    ],
    [{ 'x-business-use-case-usage': 'null' }, undefined],
    [{ 'x-business-use-case-usage': '{' }, undefined],
    [{}, undefined],
  ])('%j is %s ms', (headers, expected) => {
    expect(waitAskedFor(headers)).toBe(expected);
  });
});
