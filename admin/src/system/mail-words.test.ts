import { expect, it } from 'vitest';
import { canResend, toMailFilter } from './mail-words';

it('narrows the mails to states it knows', () => {
  expect(toMailFilter({ state: ['FAILED', 'BOUNCED', 'LOST'] })).toEqual({ states: ['FAILED', 'BOUNCED'] });
  expect(toMailFilter({ state: [] })).toEqual({});
});

it.each([
  ['FAILED', 'order-confirmation', true],
  ['BOUNCED', 'invoice-issued', true],
  ['SENT', 'order-shipped', true],
  ['QUEUED', 'order-confirmation', false],
  ['FAILED', 'password-reset', false],
] as const)('a mail that is %s (%s) can be sent again: %s', (state, template, isOffered) => {
  expect(canResend({ state, template })).toBe(isOffered);
});
