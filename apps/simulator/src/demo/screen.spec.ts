import type { WriteStream } from 'node:tty';
import { Screen } from './screen';

/** What a terminal shows of what was written to it. */
function terminal() {
  const lines = [''];
  const write = (text: string) => {
    for (const part of text.replaceAll('\u001b[2K', '\f').split(/([\n\r\f])/)) {
      if (part === '\n') lines.push('');
      else if (part === '\f') lines[lines.length - 1] = '';
      else if (part !== '\r' && part !== '') lines[lines.length - 1] = part;
    }
    return true;
  };
  return { lines, out: { isTTY: true, hasColors: () => false, write } as unknown as WriteStream };
}

describe('a step that takes a while', () => {
  it('is told once, whatever is printed meanwhile', async () => {
    const { lines, out } = terminal();
    const screen = new Screen(out);
    let finish = () => {};
    const step = screen.step('Stopping', new Promise<void>((resolve) => (finish = resolve)));
    screen.print('An event');
    finish();
    await step;
    expect(lines).toEqual(['An event', expect.stringMatching(/^Stopping … done in \d\.\d s$/), '']);
  });

  it('that fails ends its line', async () => {
    const { lines, out } = terminal();
    const screen = new Screen(out);
    await expect(screen.step('Starting', Promise.reject(new Error('no')))).rejects.toThrow('no');
    screen.print('Next');
    expect(lines).toEqual(['Starting …', 'Next', '']);
  });
});
