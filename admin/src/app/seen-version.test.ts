import { expect, it, vi } from 'vitest';
import { messagesFor } from './error-messages';
import { NOT_READ, onVersion } from './seen-version';

it('sends a change with the version that was seen, also the very first', async () => {
  const send = vi.fn(async (version: number) => ({ result: {}, version }));

  expect([await onVersion(0, send), await onVersion(7, send)]).toMatchObject([
    { version: 0 },
    { version: 7 },
  ]);
});

it.each([null, undefined])('sends nothing when the version is %s, and says why', async (version) => {
  const send = vi.fn(async () => ({ result: {} }));

  expect(await onVersion(version, send)).toEqual({ result: {}, userErrors: [NOT_READ] });
  expect(send).not.toHaveBeenCalled();
  expect(messagesFor(NOT_READ)).not.toBe(messagesFor({ code: 'SOMETHING_ELSE' }));
});
