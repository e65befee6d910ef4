// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptKey, makeIntent, newKey } from '../src/intent-key';
import { lasting, ofThisTab } from '../src/storage';

const blocked = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('a browser that keeps nothing', () => {
  beforeEach(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      const real = Object.getOwnPropertyDescriptor(globalThis, name);
      Object.defineProperty(globalThis, name, { configurable: true, get: blocked });
      undo.push(() => real && Object.defineProperty(globalThis, name, real));
    }
  });
  afterEach(() => undo.splice(0).forEach((step) => step()));
  const undo: (() => unknown)[] = [];

  it('still remembers for as long as the page is open', () => {
    lasting.set('signed-in', '1');
    ofThisTab.set('key', 'one');

    expect(lasting.get('signed-in')).toBe('1');
    expect(ofThisTab.get('key')).toBe('one');
    lasting.remove('signed-in');
    expect(lasting.get('signed-in')).toBeNull();
    ofThisTab.remove('key');
  });

  it('still gives one order one key', () => {
    const attempt = keptKey('attempt');

    expect(attempt.keyFor('cart_1')).toBe(attempt.keyFor('cart_1'));
    attempt.forget();
  });
});

describe('a disk without room', () => {
  it('does not stop anybody', () => {
    const full = vi.spyOn(Object.getPrototypeOf(sessionStorage) as Storage, 'setItem');
    full.mockImplementation(() => {
      throw new DOMException('Full', 'QuotaExceededError');
    });

    ofThisTab.set('draft', 'words');
    expect(ofThisTab.get('draft')).toBe('words');
    full.mockRestore();
    ofThisTab.set('draft', 'more words');
    expect(sessionStorage.getItem('draft')).toBe('more words');
  });
});

describe('the key of something that must happen once', () => {
  it('can be made on a plain local address, where browsers have no randomUUID', () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });

    const keys = Array.from({ length: 50 }, newKey);

    expect(new Set(keys).size).toBe(50);
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
  });

  it('stays the same until the outcome is known, and for the same request only', () => {
    const intent = makeIntent();
    const first = intent.keyFor({ order: '1001', lines: [1] });

    expect(intent.keyFor({ order: '1001', lines: [1] })).toBe(first);
    const other = intent.keyFor({ order: '1001', lines: [2] });
    expect(other).not.toBe(first);
    intent.settled();
    expect(intent.keyFor({ order: '1001', lines: [2] })).not.toBe(other);
  });

  it('outlives a reload, and belongs to one cart', () => {
    const first = keptKey('attempt').keyFor('cart_1');

    expect(keptKey('attempt').keyFor('cart_1')).toBe(first);
    expect(keptKey('attempt').keyFor('cart_2')).not.toBe(first);
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"subject":"cart_1"}'])('is made anew beside %s', (left) => {
    sessionStorage.setItem('attempt', left);

    expect(keptKey('attempt').keyFor('cart_1')).toMatch(/^.{32,}$/);
  });
});
