import { expect, it } from 'vitest';
import { canResend, toMailFilter } from './mail-messages';

it('narrows the mails to states it knows', () => {
  expect(toMailFilter({ status: ['FAILED', 'BOUNCED', 'LOST'] })).toEqual({
    statuses: ['FAILED', 'BOUNCED'],
  });
  expect(toMailFilter({ status: [] })).toEqual({});
});

it.each([
  ['FAILED', 'order-confirmation', true],
  ['BOUNCED', 'invoice-issued', true],
  ['SENT', 'order-shipped', true],
  ['QUEUED', 'order-confirmation', false],
  ['FAILED', 'password-reset', false],
  ['SENT', 'welcome', false],
] as const)('a mail that is %s (%s) can be sent again: %s', (status, template, isOffered) => {
  expect(canResend({ status, template })).toBe(isOffered);
});
