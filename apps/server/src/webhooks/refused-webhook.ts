import { isSignature } from '@switchboard/meta';

/** What is wrong with a signature that was not accepted; goes on from the header's name. */
export function faultOf(header: unknown): string {
  if (header === undefined) return 'is missing';
  return isSignature(header)
    ? 'matches no secret of a Meta app set up here'
    : 'is no signature: it is sha256= and 64 hex digits in small letters';
}

/** For the log alone: what a body that nobody vouches for says it is about. */
export function objectOf(body: Buffer): string {
  const [, object] = /"object"\s*:\s*"(\w{1,40})"/.exec(body.toString('latin1', 0, 2000)) ?? [];
  return object ? `object ${object}` : 'no object';
}
