import { describe, expect, it } from 'vitest';
import { codeFrom, makeMatrix, parseDelta, skuFor, usableOptions } from './option-matrix';

const value = (name: string, delta = '') => ({ name, swatch: '', delta });
const color = { name: 'Culoare', values: [value('Verde de mușchi'), value('Crem')] };
const size = { name: 'Mărime', values: [value('250 ml'), value('350 ml', '+10'), value('500 ml', '-5,50')] };

describe('making variants from options', () => {
  it('makes every combination once, in the order written', () => {
    const rows = makeMatrix([color, size], '89', 'RON');

    expect(rows.map(({ name }) => name)).toEqual([
      'Verde de mușchi / 250 ml',
      'Verde de mușchi / 350 ml',
      'Verde de mușchi / 500 ml',
      'Crem / 250 ml',
      'Crem / 350 ml',
      'Crem / 500 ml',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(6);
  });

  it('adds what a choice costs more or less', () => {
    expect(makeMatrix([size], '89,00', 'RON').map(({ price }) => price)).toEqual([8900, 9900, 8350]);
    expect(makeMatrix([{ name: 'Size', values: [value('L', '500')] }], '1500', 'JPY')[0]?.price).toBe(2000);
  });

  it('gives no price rather than a wrong one', () => {
    expect(makeMatrix([{ name: 'Size', values: [value('S', '-100')] }], '89', 'RON')[0]?.price).toBeNull();
    expect(makeMatrix([{ name: 'Size', values: [value('S', 'zece')] }], '89', 'RON')[0]?.price).toBeNull();
    expect(makeMatrix([], 'ieftin', 'RON')[0]?.price).toBeNull();
  });

  it('makes the one variant of a product without options', () => {
    expect(makeMatrix([], '89', 'RON')).toEqual([{ key: '', name: '', choices: [], price: 8900 }]);
  });

  it('ignores half-written and repeated options', () => {
    const options = [
      color,
      { name: '', values: [value('x')] },
      { name: 'Gol', values: [value(' ')] },
      { name: 'culoare', values: [value('Roșu')] },
    ];

    expect(usableOptions(options).map(({ code }) => code)).toEqual(['culoare']);
    expect(usableOptions([{ name: 'C', values: [value('Roșu'), value('roșu')] }])[0]?.values).toHaveLength(1);
  });

  it('spells codes and SKUs without the letters a barcode printer lacks', () => {
    expect(codeFrom('Verde de mușchi')).toBe('verde-de-muschi');
    expect(
      skuFor('Cană', {
        choices: [
          { option: 'culoare', value: 'verde' },
          { option: 'marime', value: '350-ml' },
        ],
      }),
    ).toBe('CANA-VERDE-350-ML');
    expect(parseDelta('−3,5', 'RON')).toBe(-350);
  });
});
