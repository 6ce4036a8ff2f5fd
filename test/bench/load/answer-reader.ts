const endOfHead = '\r\n\r\n';

/** Reads HTTP/1.1 answers, one after the other, each with a Content-Length: enough for servers that answer a webhook. */
export class AnswerReader {
  private text = '';

  /** The status code once the answer is complete. @throws where it is no answer of that form. */
  read(chunk: Buffer): number | undefined {
    this.text += chunk.toString('latin1');
    const head = this.text.indexOf(endOfHead);
    if (head < 0) return undefined;
    const status = Number(this.text.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.text)?.[1];
    if (!this.text.startsWith('HTTP/1.1 ') || length === undefined) {
      throw new Error(`Not an answer with a Content-Length: ${this.text.slice(0, 200)}`);
    }
    const end = head + endOfHead.length + Number(length);
    if (this.text.length < end) return undefined;
    if (this.text.length > end) throw new Error('More than one answer to one request.');
    this.text = '';
    return status;
  }
}
