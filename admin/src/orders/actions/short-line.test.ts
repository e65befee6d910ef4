import { describe, expect, it } from 'vitest';
import { shortLine } from './on-order';

const order = {
  lines: [
    { productName: 'Bol', sku: 'LL-BOL', variant: { id: 'vari_1' } },
    { productName: 'Cană', sku: 'LL-CANA', variant: { id: 'vari_2' } },
    { productName: 'Vază', sku: 'LL-VAZA', variant: null },
  ],
};

describe('a user error about missing stock', () => {
  it('names the line that is short', () => {
    expect(shortLine(order, 'vari_2')).toBe('Cană · LL-CANA');
  });

  it('names none when the user error is about something else', () => {
    expect(shortLine(order, undefined)).toBeNull();
    expect(shortLine(order, 'vari_9')).toBeNull();
  });
});
