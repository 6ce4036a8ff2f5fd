/** Digits with country code as WhatsApp writes them, from however people write a number; `undefined` when it is none. */
export function phoneOf(text: string): string | undefined {
  const bare = text.normalize('NFKC').replace(/[\s().\-–/\u200e\u202a\u202c]/g, '');
  const digits = bare.replace(/^(\+|00)/, '');
  return /^[1-9]\d{5,14}$/.test(digits) ? digits : undefined;
}

const address = /^[^\s@<>",;:()[\]\\]{1,64}@[^\s@<>",;:()[\]\\]{1,189}$/u;

/** An e-mail address in lower case; `undefined` when it is none. */
export function emailOf(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  return address.test(email) ? email : undefined;
}
