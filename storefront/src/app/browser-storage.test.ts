import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetKey, keyForAttempt, lastPlaced, rememberPlaced } from '../checkout/attempts';
import { readStored, writeStored } from './browser-storage';

function blockStorage(): void {
  for (const name of ['localStorage', 'sessionStorage']) {
    vi.spyOn(globalThis, name as 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    });
  }
}

afterEach(() => vi.restoreAllMocks());

it('keeps a value over a reload when the browser lets it', () => {
  expect(writeStored('session', 'name', 'value')).toBe(true);
  expect(sessionStorage.getItem('name')).toBe('value');
  expect(readStored('session', 'name')).toBe('value');
  writeStored('session', 'name', null);
  expect(readStored('session', 'name')).toBeNull();
});

describe('a browser that blocks storage', () => {
  beforeEach(blockStorage);

  it('still keeps values while the page is open', () => {
    expect(writeStored('local', 'name', 'value')).toBe(false);
    expect(readStored('local', 'name')).toBe('value');
    expect(readStored('session', 'name')).toBeNull();
    writeStored('local', 'name', null);
    expect(readStored('local', 'name')).toBeNull();
  });

  it('uses one key for two presses on the same cart, and another one for the next cart', () => {
    const first = keyForAttempt('cart-1');
    expect(keyForAttempt('cart-1')).toBe(first);
    expect(keyForAttempt('cart-2')).not.toBe(first);
    forgetKey();
    expect(keyForAttempt('cart-1')).not.toBe(first);
  });

  it('knows the order that was just placed', () => {
    rememberPlaced('token');
    expect(lastPlaced()).toBe('token');
  });
});
