import { AnswerReader } from './answer-reader';

const answer = (status: string, body: string) =>
  Buffer.from(`HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

describe('AnswerReader', () => {
  it('reads answers one after the other', () => {
    const reader = new AnswerReader();
    expect(reader.read(answer('200 OK', 'EVENT_RECEIVED'))).toBe(200);
    expect(reader.read(answer('503 Service Unavailable', ''))).toBe(503);
  });

  it('waits for an answer that comes in pieces, wherever it is cut', () => {
    const whole = answer('200 OK', 'EVENT_RECEIVED');
    for (let cut = 1; cut < whole.length; cut += 1) {
      const reader = new AnswerReader();
      expect(reader.read(whole.subarray(0, cut))).toBeUndefined();
      expect(reader.read(whole.subarray(cut))).toBe(200);
    }
  });

  it('refuses what it cannot count', () => {
    const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    expect(() => new AnswerReader().read(chunked)).toThrow('Content-Length');
    const two = Buffer.concat([answer('200 OK', 'a'), answer('200 OK', 'b')]);
    expect(() => new AnswerReader().read(two)).toThrow('More than one');
  });
});
