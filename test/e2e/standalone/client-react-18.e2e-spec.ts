// The React bindings promise React 18 too: the same tests with that one in its place.
jest.mock('react', () => jest.requireActual('react-18'));
jest.mock('react-dom', () => jest.requireActual('react-dom-18'));
jest.mock('react-dom/client', () => jest.requireActual('react-dom-18/client'));

describe('with React 18', () => {
  it('it is that', () => {
    expect([require('react').version, require('react-dom').version]).toEqual([
      expect.stringMatching(/^18\./),
      expect.stringMatching(/^18\./),
    ]);
  });
  require('../client-react.e2e-spec');
});
