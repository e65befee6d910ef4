import { afterAll, describe, expect, it } from 'vitest';
import { i18n } from '../../app/i18n';
import { heldPieces } from './held-pieces';

const { t, locale } = i18n.global;
const shown = locale.value;

describe('a product of which some pieces are reserved', () => {
  afterAll(() => {
    locale.value = shown;
  });

  it.each([
    ['en', 0, 'none available'],
    ['en', 1, '1 available'],
    ['fr', 0, 'aucune disponible'],
    ['fr', 3, '3 disponibles'],
    ['ro', 0, 'niciuna disponibilă'],
    ['ro', 1, '1 disponibilă'],
    ['ro', 24, '24 disponibile'],
  ] as const)('says beside the number on hand, in %s, how many can be sold: %i', (language, left, words) => {
    locale.value = language;
    expect(heldPieces({ totalStock: left + 2, totalAvailable: left }, t)).toBe(words);
  });

  it('says nothing where the number on hand says it, and to staff who may not know it', () => {
    expect(heldPieces({ totalStock: 2, totalAvailable: 2 }, t)).toBe('');
    expect(heldPieces({ totalStock: 0, totalAvailable: 0 }, t)).toBe('');
    expect(heldPieces({ totalStock: null, totalAvailable: null }, t)).toBe('');
  });
});
