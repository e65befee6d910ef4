import { expect, it } from 'vitest';
import { LANGUAGES } from '../../kernel/languages.js';
import { messagesOf } from '../../platform/messages.js';
import { alertNamed, OWNER_ALERTS } from './owner-alerts.js';

const collected = OWNER_ALERTS.filter((alert) => alertNamed(alert).storm);

it.each(collected)('the digest names what it collects in every language: %s', (alert) => {
  for (const language of LANGUAGES) expect(messagesOf(`alerts/${alert}`, language).has('kind')).toBe(true);
});

it('lists every alert that a stranger or a file can cause by the hundred', () => {
  expect(collected).toEqual(
    expect.arrayContaining(['stock-low', 'dispute-opened', 'return-requested', 'stock-held-unpaid']),
  );
});
