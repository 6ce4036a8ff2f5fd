import { samples } from '../../test/contents';
import type { Platform } from '../items';
import type { SendContent } from './content';
import { type Allowed, allowed, type SendWindow, windowsAfter } from './send-window';

const wrote = Date.UTC(2026, 2, 1, 12);
const hour = 3_600_000;
const day = 24 * hour;
const text: SendContent = { type: 'text', text: 'Hello' };
const reaction: SendContent = { type: 'reaction', messageId: '1', emoji: '❤️' };

function at(now: number, rest: Partial<SendWindow> = {}): SendWindow {
  return { now, ...windowsAfter(wrote, true), sentBy: 'person', ...rest };
}

function refusal(answer: Allowed): string | undefined {
  return answer.ok ? undefined : answer.code;
}

const platforms: Platform[] = ['whatsapp', 'messenger', 'instagram'];

describe('the service window', () => {
  it.each(platforms)('is open on %s until 24 hours after the customer wrote, to the millisecond', (platform) => {
    expect(allowed(platform, text, at(wrote + day - 1))).toEqual({ ok: true, humanAgent: false });
    const automation = at(wrote + day, { sentBy: 'automation' });
    expect(allowed(platform, text, automation).ok).toBe(false);
  });

  it('lets only a template through on WhatsApp, at any time and to anybody', () => {
    expect(allowed('whatsapp', text, at(wrote + day))).toEqual({
      ok: false,
      code: 'window_closed',
      reason: "The customer's 24-hour window closed at 2026-03-02T12:00:00.000Z.",
      whatWouldBeAllowed: { kinds: ['template'], says: 'An approved template can be sent at any time.' },
    });
    for (const lastInboundAt of [wrote, null]) {
      const window = { now: wrote + 90 * day, ...windowsAfter(lastInboundAt, false), sentBy: 'automation' as const };
      expect(allowed('whatsapp', samples.whatsapp.template!, window).ok).toBe(true);
    }
  });

  it.each(platforms)('is closed on %s to who has never written', (platform) => {
    const window: SendWindow = { now: wrote, ...windowsAfter(null, true), sentBy: 'person' };
    expect(refusal(allowed(platform, text, window))).toBe('never_wrote');
  });
});

describe.each(['messenger', 'instagram'] as const)('HUMAN_AGENT on %s', (platform) => {
  it('lets a person answer for seven days, to the millisecond, with the tag', () => {
    expect(allowed(platform, text, at(wrote + day))).toEqual({ ok: true, humanAgent: true });
    expect(allowed(platform, text, at(wrote + 7 * day - 1))).toEqual({ ok: true, humanAgent: true });
    expect(refusal(allowed(platform, text, at(wrote + 7 * day)))).toBe('window_closed');
  });

  it('is not for automations', () => {
    expect(allowed(platform, text, at(wrote + 2 * day, { sentBy: 'automation' }))).toMatchObject({
      code: 'human_agent_only_by_person',
      whatWouldBeAllowed: {
        says: 'A person may still answer until 2026-03-08T12:00:00.000Z, with the HUMAN_AGENT tag.',
      },
    });
  });

  it('is not for an app without leave to use it', () => {
    const window = { now: wrote + day, ...windowsAfter(wrote, false), sentBy: 'person' as const };
    expect(refusal(allowed(platform, text, window))).toBe('window_closed');
  });

  it('does not cover a reaction', () => {
    expect(allowed(platform, reaction, at(wrote + day - 1)).ok).toBe(true);
    expect(allowed(platform, reaction, at(wrote + day))).toMatchObject({
      code: 'window_closed',
      whatWouldBeAllowed: { kinds: ['text'] },
    });
  });
});

describe.each(['messenger', 'instagram'] as const)('an answer to a comment on %s', (platform) => {
  const reply = samples[platform].private_reply!;
  const never = { endsAt: null, humanAgentEndsAt: null };

  it('may be private for seven days, whether or not the customer wrote', () => {
    const comment = { createdAt: wrote };
    expect(allowed(platform, reply, at(wrote + 7 * day - 1, { ...never, comment })).ok).toBe(true);
    expect(allowed(platform, reply, at(wrote + 7 * day, { comment }))).toMatchObject({
      code: 'comment_too_old',
      whatWouldBeAllowed: { kinds: ['public_reply'] },
    });
  });

  it('may be private once', () => {
    const comment = { createdAt: wrote, repliedTo: true };
    expect(refusal(allowed(platform, reply, at(wrote + hour, { comment })))).toBe('comment_answered');
  });

  it('may be private during a broadcast only while it lasts', () => {
    const comment = { createdAt: wrote, broadcastEnded: true };
    expect(refusal(allowed(platform, reply, at(wrote + hour, { comment })))).toBe('broadcast_ended');
  });

  it('is left to Meta where the comment is not known here', () => {
    expect(allowed(platform, reply, at(wrote + 90 * day, never)).ok).toBe(true);
  });

  it('may be public at any time', () => {
    expect(allowed(platform, samples[platform].public_reply!, at(wrote + 900 * day, never)).ok).toBe(true);
  });
});

describe('a reaction', () => {
  it('needs the window and a message that is still there', () => {
    expect(allowed('whatsapp', reaction, at(wrote + hour, { target: { sentAt: wrote } })).ok).toBe(true);
    expect(refusal(allowed('whatsapp', reaction, at(wrote + day)))).toBe('window_closed');
    const target = { sentAt: wrote, deleted: true };
    expect(refusal(allowed('messenger', reaction, at(wrote + hour, { target })))).toBe('message_deleted');
  });

  it('reaches back thirty days on WhatsApp', () => {
    const now = wrote + hour;
    expect(allowed('whatsapp', reaction, at(now, { target: { sentAt: now - 30 * day + 1 } })).ok).toBe(true);
    expect(refusal(allowed('whatsapp', reaction, at(now, { target: { sentAt: now - 30 * day } })))).toBe(
      'message_too_old',
    );
  });
});
