import { fileName } from './media-uploads.service';

describe('the name of an uploaded file', () => {
  it.each([
    ['menu.pdf', 'menu.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\menu.pdf', 'menu.pdf'],
    ['..', null],
    ['a/..', null],
    ['', null],
    [undefined, null],
    ['a\0b\r\nc.txt', 'abc.txt'],
    ['größe 😀.png', 'größe 😀.png'],
  ])('%j is %j', (given, expected) => {
    expect(fileName(given)).toBe(expected);
  });

  it('is cut', () => {
    expect(fileName('x'.repeat(5000))).toHaveLength(240);
  });
});
