import { Solitude } from './solitude';

describe('a process is the only one that listens', () => {
  it.each(['before', 'after'])('when its message reached one, and came back to it %s Redis said so', (when) => {
    const solitude = new Solitude(500);
    const sent = solitude.sending();
    if (when === 'before') solitude.heardItself(sent.number);
    expect(solitude.lasts).toBe(false);
    solitude.reached(sent, 1);
    if (when === 'after') {
      expect(solitude.lasts).toBe(false);
      solitude.heardItself(sent.number);
    }
    expect(solitude.lasts).toBe(true);
  });

  it('when its message reached nobody', () => {
    const solitude = new Solitude(500);
    solitude.reached(solitude.sending(), 0);
    expect(solitude.lasts).toBe(true);
  });

  it('for a while, then it looks again', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1000);
    const solitude = new Solitude(500);
    solitude.reached(solitude.sending(), 0);
    now.mockReturnValue(1499);
    expect(solitude.lasts).toBe(true);
    now.mockReturnValue(1500);
    expect(solitude.lasts).toBe(false);
    now.mockRestore();
  });
});

describe('a process is not taken to be alone', () => {
  it('while its own subscription is away: the one that was reached is somebody else', () => {
    const solitude = new Solitude(500);
    const lost = solitude.sending();
    solitude.reached(lost, 1);
    const next = solitude.sending();
    solitude.reached(next, 2);
    solitude.heardItself(next.number);
    expect(solitude.lasts).toBe(false);
  });

  it('when another message of its own came back than the one that reached a single listener', () => {
    const solitude = new Solitude(500);
    const [first, second] = [solitude.sending(), solitude.sending()];
    solitude.reached(first, 1);
    solitude.heardItself(second.number);
    expect(solitude.lasts).toBe(false);
  });

  it('when two were reached', () => {
    const solitude = new Solitude(500);
    const sent = solitude.sending();
    solitude.heardItself(sent.number);
    solitude.reached(sent, 2);
    expect(solitude.lasts).toBe(false);
  });

  it('once somebody arrived, even where the answer to an earlier message comes after that', () => {
    const solitude = new Solitude(500);
    const sent = solitude.sending();
    solitude.heardItself(sent.number);
    solitude.end();
    solitude.reached(sent, 1);
    expect(solitude.lasts).toBe(false);
    solitude.reached(solitude.sending(), 0);
    solitude.end();
    expect(solitude.lasts).toBe(false);
  });
});
