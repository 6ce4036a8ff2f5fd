const { default: Sequencer } = require('@jest/test-sequencer');

/** Specs that take half a minute or more: begun last, they would keep one worker busy while the others have nothing left to do. */
const long = [
  'standalone/start-up',
  'event-retention',
  'sending',
  'standalone/rotate-keys',
  'installation',
  'backfill',
  'standalone/sending-undecided',
  'channels-connect',
  'sending-unknown',
  'standalone/demo',
].map((name) => `/test/e2e/${name}.e2e-spec.ts`);

const rank = ({ path }) => {
  const position = long.findIndex((name) => path.endsWith(name));
  return position < 0 ? long.length : position;
};

module.exports = class LongestFirst extends Sequencer {
  /** @returns a promise where Jest's own order is one */
  async sort(tests) {
    return [...(await super.sort(tests))].sort((a, b) => rank(a) - rank(b));
  }
};
