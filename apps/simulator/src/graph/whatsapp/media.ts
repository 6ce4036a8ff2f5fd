import { GraphError } from '../errors';
import { type StoredFile, uploadedLifeMs } from '../files';
import { type GraphRequest, RawAnswer, textOf } from '../request';
import { type Call, success, type World } from '../world';
import { param } from './content';
import type { WhatsAppNumber } from './number';

const megabyte = 1024 * 1024;

/** What Meta takes, and up to which size. */
const limits: { mimeType: RegExp; bytes: number }[] = [
  { mimeType: /^image\/(jpeg|png)$/, bytes: 5 * megabyte },
  { mimeType: /^image\/webp$/, bytes: 0.5 * megabyte },
  { mimeType: /^audio\/(aac|amr|mp4|mpeg|ogg)$/, bytes: 16 * megabyte },
  { mimeType: /^video\/(mp4|3gpp)$/, bytes: 16 * megabyte },
  { mimeType: /^text\/plain$/, bytes: 100 * megabyte },
  {
    mimeType: /^application\/(pdf|msword|vnd\.(ms-excel|ms-powerpoint|openxmlformats-officedocument\.[\w.]+))$/,
    bytes: 100 * megabyte,
  },
];

/** `POST /{phone-number-id}/media`, multipart. */
export function uploadMedia({ world, request, node }: Call<{ number: WhatsAppNumber }>) {
  param.choice(request.body.messaging_product, 'messaging_product', ['whatsapp']);
  const [upload] = request.uploads;
  if (upload === undefined) throw GraphError.of(100, { message: 'The parameter file is required.' });
  const mimeType = (upload.mimeType || textOf(request.body.type)).split(';')[0] as string;
  const limit = limits.find((limit) => limit.mimeType.test(mimeType));
  if (limit === undefined) {
    throw GraphError.of(100, {
      message: `Param file must be a file with one of the supported types. Received file of type '${mimeType}'.`,
    });
  }
  if (upload.bytes.length > limit.bytes) {
    throw GraphError.of(131053, { details: `File is larger than the ${limit.bytes} bytes allowed for ${mimeType}` });
  }
  const { id } = world.files.add(
    { bytes: upload.bytes, mimeType, filename: upload.name },
    uploadedLifeMs,
    node.number.id,
  );
  return { id };
}

/** `GET /{media-id}`. */
export function readMedia({ world, request, node: { file } }: Call<{ file: StoredFile }>) {
  checkNumber(request, file);
  return {
    messaging_product: 'whatsapp',
    url: world.files.address(request.origin, file),
    mime_type: file.mimeType,
    sha256: file.sha256.toString('hex'),
    file_size: file.size,
    id: file.id,
  };
}

/** `DELETE /{media-id}`. */
export function deleteMedia({ world, request, node: { file } }: Call<{ file: StoredFile }>) {
  checkNumber(request, file);
  world.files.delete(file.id);
  return success;
}

function checkNumber({ params }: GraphRequest, { ownerId }: StoredFile): void {
  const given = textOf(params.phone_number_id);
  if (given !== '' && given !== ownerId)
    throw GraphError.of(100, { message: 'Param phone_number_id is not of this media' });
}

/** Where WhatsApp's download addresses lead: needs the token in the header, and answers 404 once the address has expired. */
export function downloadMedia(world: World, request: GraphRequest): RawAnswer {
  const token = request.accessToken === undefined ? undefined : world.tokens.get(request.accessToken);
  const { mid, ext, hash } = request.params;
  const file = world.files.at(textOf(mid), textOf(ext), textOf(hash));
  if (token === undefined || token.deadAt(world.now()) !== undefined) return plain(401, 'Unauthorized');
  if (file === undefined || !token.assets.has(file.ownerId ?? '')) return plain(404, 'URL signature expired');
  return content(file);
}

/** Attachments of Messenger and Instagram lie on a CDN that asks for no token. */
export function downloadAttachment(world: World, request: GraphRequest): RawAnswer {
  const file = world.files.get(request.path[1] ?? '');
  return file === undefined || file.ownerId !== undefined ? plain(404, 'Not Found') : content(file);
}

const plain = (status: number, text: string) =>
  new RawAnswer(status, { 'content-type': 'text/plain', 'content-length': text.length }, [Buffer.from(text)]);

function content(file: StoredFile): RawAnswer {
  const name = (file.filename ?? file.id).replace(/[^\w.-]/g, '_');
  const headers = {
    'content-type': file.mimeType,
    'content-length': file.size,
    'content-disposition': `inline;filename=${name}`,
  };
  return new RawAnswer(200, headers, file.content());
}
