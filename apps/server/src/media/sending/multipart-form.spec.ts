import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { multipartForm } from './multipart-form';

const file = (filename: string, content = Readable.from([Buffer.from('by'), Buffer.from('tes')])) =>
  multipartForm(
    { messaging_product: 'whatsapp', 'a"b': 'x\r\ny' },
    { name: 'file', filename, mimeType: 'image/png', size: 5, content },
  );

describe('a form with a file', () => {
  it('is read by whoever reads forms, and is as long as it says', async () => {
    const { body, contentType, length } = file('a "menu"\r\nx: y.png');
    const bytes = await buffer(body);
    expect(bytes.length).toBe(length);
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
    expect(form.get('messaging_product')).toBe('whatsapp');
    const read = form.get('file') as File;
    expect([read.name, read.type, await read.text()]).toEqual(['a "menu"\r\nx: y.png', 'image/png', 'bytes']);
    expect(bytes.toString()).not.toContain('\r\nx: y');
  });

  it('fails with its file, and lets go of it', async () => {
    const content = Readable.from(
      (async function* () {
        yield Buffer.from('by');
        throw new Error('the disk is gone');
      })(),
    );
    await expect(buffer(file('x', content).body)).rejects.toThrow('the disk is gone');
    expect(content.destroyed).toBe(true);
  });
});
