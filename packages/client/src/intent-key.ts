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
  /** The outcome is known: the next press is a wish of its own. */
  settled: () => void;
}

/**
 * The key of one thing that somebody wants done: the same for every press until the outcome is known, so that pressing
 * again after a lost answer finds what the first press did. What is asked for is part of it: another wish, another key.
 */
export function makeIntent(): Intent {
  let kept: { requested: string; key: string } | null = null;
  return {
    keyFor(requested) {
      const text = JSON.stringify(requested);
      if (kept?.requested !== text) kept = { requested: text, key: newKey() };
      return kept.key;
    },
    settled() {
      kept = null;
    },
  };
}

interface KeptKey {
  subject: string;
  key: string;
}

/** A key that outlives a reload of the page, for one subject at a time: another subject gets another key. */
export function keptKey(slot: string): { keyFor: (subject: string) => string; forget: () => void } {
  return {
    keyFor(subject) {
      const kept = read(slot);
      if (kept?.subject === subject) return kept.key;
      const key = newKey();
      ofThisTab.set(slot, JSON.stringify({ subject, key } satisfies KeptKey));
      return key;
    },
    forget: () => ofThisTab.remove(slot),
  };
}

function read(slot: string): KeptKey | null {
  try {
    const kept: unknown = JSON.parse(ofThisTab.get(slot) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

const isKept = (value: unknown): value is KeptKey =>
  typeof value === 'object' && value !== null && 'subject' in value && 'key' in value;
