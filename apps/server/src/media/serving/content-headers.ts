/** What browsers show and do not run. SVG and HTML can hold scripts: they are downloads of no type. */
const shown = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'image/heic', 'image/heif'],
  ...['audio/aac', 'audio/amr', 'audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/opus', 'audio/wav', 'audio/webm'],
  ...['audio/x-m4a', 'audio/vnd.wave', 'audio/flac'],
  ...['video/mp4', 'video/3gpp', 'video/ogg', 'video/webm', 'video/quicktime'],
  'application/pdf',
]);

const anything = 'application/octet-stream';

/** Everything about a file of a stranger that makes a browser treat it as a file and nothing else. */
export function contentHeaders(file: {
  mimeType: string | null;
  filename: string | null;
  sha256: Buffer | null;
}): Record<string, string> {
  const type = shown.has(file.mimeType ?? '') ? file.mimeType! : anything;
  return {
    'content-type': type,
    'content-disposition': disposition(type === anything ? 'attachment' : 'inline', file.filename),
    'x-content-type-options': 'nosniff',
    // Browsers show no PDF in a sandbox; it has no scripts of the page's kind.
    'content-security-policy':
      type === 'application/pdf'
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
        : "default-src 'none'; sandbox",
    // The address of a page that shows it must not carry the signature on.
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'bytes',
    ...(file.sha256 ? { etag: `"${file.sha256.toString('hex')}"` } : {}),
  };
}

/** RFC 6266: the name twice, once for those who read no UTF-8. */
function disposition(kind: 'inline' | 'attachment', filename: string | null): string {
  if (!filename) return kind;
  const plain = filename.replace(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
