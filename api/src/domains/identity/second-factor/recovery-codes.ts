import { randomBytes } from 'node:crypto';
import { sha256 } from '../../../kernel/tokens.js';

export const RECOVERY_CODES = 10;

/** 80 bits: nobody finds one by trying, so a plain hash of it is enough. */
const BYTES = 10;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LETTERS = (BYTES * 8) / 5;

/** New codes as they are shown: four times four letters and digits of RFC 4648, in which no 0, 1 or 8 stands. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const bits = [...randomBytes(BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const letters = bits.match(/.{5}/g) ?? [];
    const code = letters.map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
    return (code.match(/.{4}/g) ?? []).join('-');
  });
}

/** The hash of a code as somebody typed it, with or without dashes and spaces; null where it is no such code. */
export function hashOfRecoveryCode(typed: string): Buffer | null {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  if (code.length !== LETTERS || [...code].some((letter) => !ALPHABET.includes(letter))) return null;
  return sha256(code);
}
