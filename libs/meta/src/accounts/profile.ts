import type { Platform } from '../items';
import { asObject, asText } from '../reading';
import { cleaned, httpUrl } from './answer';

/** What Messenger and Instagram tell of a customer who has written. */
export interface CustomerProfile {
  name: string | null;
  username: string | null;
  pictureUrl: string | null;
}

export const profileFields = (platform: Exclude<Platform, 'whatsapp'>): string =>
  platform === 'messenger' ? 'first_name,last_name,name,profile_pic' : 'name,username,profile_pic';

/** Reads the answer to `GET /{psid | igsid}`; total. */
export function readProfile(body: unknown): CustomerProfile {
  const { name, first_name, last_name, username, profile_pic } = asObject(body) ?? {};
  const parts = [asText(first_name), asText(last_name)].filter((part) => part !== undefined).join(' ');
  return {
    name: cleaned(asText(name) ?? parts),
    username: cleaned(asText(username)),
    pictureUrl: httpUrl(asText(profile_pic)),
  };
}
