import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

export interface FormFile {
  /** Of the field. */
  name: string;
  filename: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  content: Readable;
}

/** A form with one file as its last field, streamed; its length is known beforehand, because Meta takes no chunked uploads. */
export function multipartForm(
  fields: Readonly<Record<string, string>>,
  file: FormFile,
): { body: Readable; contentType: string; length: number } {
  const boundary = `switchboard-${randomBytes(16).toString('hex')}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  const disposition = `content-disposition: form-data; name="${quoted(file.name)}"; filename="${quoted(file.filename)}"`;
  const head = Buffer.from(
    `${parts.join('')}--${boundary}\r\n${disposition}\r\ncontent-type: ${file.mimeType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    body: Readable.from(framed(head, file.content, tail)),
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.length + file.size + tail.length,
  };
}

async function* framed(head: Buffer, content: Readable, tail: Buffer): AsyncGenerator<Buffer> {
  try {
    yield head;
    for await (const chunk of content) yield chunk as Buffer;
    yield tail;
  } finally {
    content.destroy();
  }
}

/** As browsers write names in a form (WHATWG). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
