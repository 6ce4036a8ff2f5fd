/** No such conversation, or message in it, that the caller may see. */
export class NotReadable extends Error {
  readonly code = 'not_found';
}
