import { ofThisTab } from './storage';

/** A fresh key. `crypto.randomUUID` exists on HTTPS and localhost only; a shop on a plain local address needs keys too. */
export function newKey(): string {
  const { randomUUID } = crypto as { randomUUID?: Crypto['randomUUID'] };
  if (randomUUID) return randomUUID.call(crypto);
  return [...crypto.getRandomValues(new Uint32Array(4))]
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('');
}

export interface Intent {
  keyFor: (requested: object) => string;
  /** Called once the outcome is known: the next press gets a new key. */
  settled: () => void;
}

/**
 * The idempotency key of one request: the same for every press until the outcome is known, so that pressing again after
 * a lost response returns the result of the first press. Another input gets another key.
 */
export function makeIntent(): Intent {
  let stored: { requested: string; key: string } | null = null;
  return {
    keyFor(requested) {
      const text = JSON.stringify(requested);
      if (stored?.requested !== text) stored = { requested: text, key: newKey() };
      return stored.key;
    },
    settled() {
      stored = null;
    },
  };
}

interface StoredKey {
  subject: string;
  key: string;
}

/** A key that survives a reload of the page, for one subject at a time: another subject gets another key. */
export function keptKey(slot: string): { keyFor: (subject: string) => string; forget: () => void } {
  return {
    keyFor(subject) {
      const stored = read(slot);
      if (stored?.subject === subject) return stored.key;
      const key = newKey();
      ofThisTab.set(slot, JSON.stringify({ subject, key } satisfies StoredKey));
      return key;
    },
    forget: () => ofThisTab.remove(slot),
  };
}

function read(slot: string): StoredKey | null {
  try {
    const stored: unknown = JSON.parse(ofThisTab.get(slot) ?? 'null');
    return isStoredKey(stored) ? stored : null;
  } catch {
    return null;
  }
}

const isStoredKey = (value: unknown): value is StoredKey =>
  typeof value === 'object' && value !== null && 'subject' in value && 'key' in value;
