import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretKey } from './key-ring.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a value stands: the ciphertext of one row cannot be read in another. */
export interface Place {
  readonly integration: string;
  readonly name: string;
}

/** A value as it is stored. */
export interface Sealed {
  /** With the tag of GCM at its end. */
  readonly ciphertext: Buffer;
  readonly nonce: Buffer;
  readonly keyId: string;
}

/** Encrypts a value with AES-256-GCM. The names of integration and field are authenticated with it. */
export function seal(value: string, place: Place, { id, key }: SecretKey): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(nameOf(place));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext, nonce, keyId: id };
}

/** The value; null when the key is not that of the value, the row is another's, or what is stored was changed. */
export function unseal({ ciphertext, nonce }: Sealed, place: Place, { key }: SecretKey): string | null {
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(nameOf(place));
    decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
    const value = Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
    return value.toString('utf8');
  } catch {
    return null;
  }
}

/** As JSON, so that no two pairs of names have the same bytes. */
function nameOf({ integration, name }: Place): Buffer {
  return Buffer.from(JSON.stringify([integration, name]));
}
