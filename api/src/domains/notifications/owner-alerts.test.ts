import { expect, it } from 'vitest';
import { LANGUAGES } from '../../kernel/languages.js';
import { messagesOf } from '../../platform/messages.js';
import { STORMS } from './owner-alerts.job.js';

const collected = Object.entries(STORMS).flatMap(([alert, storm]) => (storm ? [alert] : []));

it.each(collected)('the digest names what it collects in every language: %s', (alert) => {
  for (const language of LANGUAGES) expect(messagesOf(`alerts/${alert}`, language).has('kind')).toBe(true);
});

it('lists every alert that a stranger or a file can cause by the hundred', () => {
  expect(collected).toEqual(
    expect.arrayContaining(['stock-low', 'dispute-opened', 'return-requested', 'stock-held-unpaid']),
  );
});
