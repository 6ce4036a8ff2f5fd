import { Portion } from './portion';

describe('the portion of a lane that a batch takes', () => {
  it('is all that it may be, half of it after each failure, and never less than one webhook', () => {
    const portion = new Portion({ count: 5, bytes: 4000 });
    expect(portion.amount).toEqual({ count: 5, bytes: 4000 });
    portion.halve();
    expect(portion.amount).toEqual({ count: 2, bytes: 2000 });
    for (let times = 0; times < 2000; times += 1) portion.halve();
    expect(portion.amount).toEqual({ count: 1, bytes: 1000 });
  });

  it('grows back step by step, and not beyond', () => {
    const portion = new Portion({ count: 300, bytes: 4000 });
    for (let times = 0; times < 3; times += 1) portion.halve();
    const counts = Array.from({ length: 5 }, () => {
      portion.grow();
      return portion.amount.count;
    });
    expect(counts).toEqual([75, 150, 300, 300, 300]);
  });
});
