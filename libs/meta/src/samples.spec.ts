import { parse } from '../test/bodies';
import { documentedMessaging, recordedMessaging } from '../test/samples/messaging';
import type { Sample } from '../test/samples/sample';
import { documentedWhatsApp, recordedWhatsApp } from '../test/samples/whatsapp';

const recorded = [...recordedWhatsApp, ...recordedMessaging];
const documented = [...documentedWhatsApp, ...documentedMessaging];
/** What nobody knows but Meta; everything else has a kind. */
const unknownToUs = new Set([
  'messenger/batch-parking-payment_options--1',
  'instagram/not-supported--1',
  'other/connected--1',
  'field nobody knows',
]);

function expectTold([label, body, ...told]: Sample): void {
  const { items, unreadable } = parse(body);
  expect(unreadable).toEqual([]);
  expect(items.map(({ field, effect }) => [field, effect.kind])).toEqual(
    told.map(([field, { kind }]) => [field, kind]),
  );
  items.forEach(({ effect }, index) => {
    expect(effect).toMatchObject(told[index]![1]);
  });
  if (!unknownToUs.has(label)) expect(items.map(({ effect }) => effect.kind)).not.toContain('notice');
}

describe('a webhook as Meta has been recorded to send it', () => {
  it('is one of 166, each with a name of its own', () => {
    expect(new Set(recorded.map(([label]) => label)).size).toBe(166);
  });

  it.each(recorded)('%s', (...sample) => expectTold(sample));
});

describe('a webhook as Meta documents it', () => {
  it.each(documented)('%s', (...sample) => expectTold(sample));
});

it('keeps tokens and codes out of what is told', () => {
  const contents = documented.flatMap(([, body]) => parse(body).items.map(({ content }) => content));
  expect(JSON.stringify(contents)).not.toContain('SECRET');
});
