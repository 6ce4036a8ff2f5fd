/**
 * JSON as PostgreSQL takes it. It refuses NUL and halves of characters, which JSON may hold, wherever it looks into a document: what people,
 * platforms and other systems write would otherwise stop whoever writes it down.
 */
export function storedJson(value: unknown): string {
  const json = JSON.stringify(value);
  // What is whole JSON.stringify leaves unescaped: an escaped surrogate is half a character.
  return json.replace(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (written) =>
    written.startsWith('\\u0000') || written.startsWith('\\ud') ? '\ufffd' : written,
  );
}
