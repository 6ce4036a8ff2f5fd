import { workOf } from '@switchboard/flows';
import { type Candidate, FlowTriggers, mostPatternWork } from './flow-triggers.service';
import type { Heard } from './happenings';

const text = 'a'.repeat(4_000);
const message: Heard = {
  ...{ sequence: 1, contactId: 'c', conversationId: 'v', channelId: 'h' },
  happenings: [{ on: 'message', text, payload: null, first: false, referral: null, at: 0 }],
};
const flow = (id: string, trigger: object) =>
  ({ id, name: id, version: { definition: { triggers: [{ on: 'message', ...trigger }] } } }) as never as Candidate;

it('holds no more patterns against a message than can be done soon, the oldest first; words are always looked for', () => {
  const triggers = new FlowTriggers(undefined as never, undefined as never, undefined as never);
  const pattern = 'a.{40}a';
  const flows = Array.from({ length: 60 }, (_, index) => flow(`pattern ${index}`, { pattern }));
  const begun = triggers
    .matching([...flows, flow('word', { keywords: [text] })], message)
    .map(({ candidate }) => candidate.id);
  const most = Math.floor(mostPatternWork / workOf([{ on: 'message', pattern }], text.length));
  expect(most).toBeLessThan(60);
  expect(begun).toEqual([...flows.slice(0, most).map(({ id }) => id), 'word']);
});
