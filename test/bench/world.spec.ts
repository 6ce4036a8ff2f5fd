import { accountOf, markOf, readMark, recipientsOf, workspaceOf } from './world';

const world = { users: 1000, workspaces: 1000 };

describe('world', () => {
  it('finds the mark of a message again, and only from where it is looked for', () => {
    const text = `{"preview":"${markOf(1, 7)}","content":{"text":"Where is ${markOf(2, 15)}"}}`;
    expect(readMark(text)).toEqual({ phase: 1, sequence: 7 });
    expect(readMark(text, text.indexOf('content'))).toEqual({ phase: 2, sequence: 15 });
    expect(readMark('no mark')).toBeUndefined();
  });

  it('draws the same recipients in every process, and reaches everybody', () => {
    const phase = { id: 1, seed: 3, count: 20_000 };
    const recipients = recipientsOf(world, phase);
    expect(recipients).toEqual(recipientsOf(world, phase));
    expect(recipients).not.toEqual(recipientsOf(world, { ...phase, seed: 4 }));
    expect(new Set(recipients).size).toBe(world.users);
    const counts = new Uint16Array(world.users);
    for (const user of recipients) counts[user]! += 1;
    expect(Math.max(...counts)).toBeLessThan(60);
  });

  it('gives every workspace an account of its own', () => {
    const accounts = Array.from({ length: 1000 }, (_, workspace) => accountOf(workspace));
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(1000);
    expect(workspaceOf({ users: 1000, workspaces: 10 }, 37)).toBe(7);
  });
});
