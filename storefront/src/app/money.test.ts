import { expect, it } from 'vitest';
import { isAhead } from './money';

it.each([
  ['2026-11-30T23:30:00+02:00', true],
  ['2026-12-01T00:10:00+02:00', false],
  ['2026-12-01T12:00:00+02:00', false],
])('pieces that come on the first of December are still to come at %s: %s', (now, isStillToCome) => {
  const zone = process.env['TZ'];
  try {
    for (const visitor of ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC']) {
      process.env['TZ'] = visitor;
      expect(isAhead('2026-12-01', Date.parse(now)), visitor).toBe(isStillToCome);
    }
  } finally {
    process.env['TZ'] = zone;
  }
});
