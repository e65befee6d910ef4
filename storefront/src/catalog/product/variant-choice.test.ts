import { describe, expect, it } from 'vitest';
import { startingVariant, stateOfValue, variantAfter, type Option, type Variant } from './variant-choice';

const price = { __typename: 'Money' as const, amount: 8900, currency: 'RON', decimal: '89.00' };

function variant(color: string, size: string, availability: Variant['availability'] = 'IN_STOCK'): Variant {
  const value = (code: string) => ({
    __typename: 'ProductOptionValue' as const,
    id: code,
    code,
    name: code,
    swatch: null,
  });
  return {
    __typename: 'ProductVariant',
    id: `${color}-${size}`,
    sku: `MUG-${color}-${size}`,
    name: `${color} / ${size}`,
    availability,
    availableFrom: null,
    availableQuantity: null,
    price,
    compareAtPrice: null,
    image: null,
    optionValues: [value(color), value(size)],
  };
}

function option(code: string, ...values: string[]): Option {
  return {
    __typename: 'ProductOption',
    id: code,
    code,
    name: code,
    values: values.map((id) => ({ __typename: 'ProductOptionValue', id, code: id, name: id, swatch: null })),
  };
}

const color = option('colour', 'green', 'cream', 'black');
const size = option('size', 'small', 'large');
const green = variant('green', 'small');
const creamSoldOut = variant('cream', 'small', 'SOLD_OUT');
const greenLarge = variant('green', 'large');
const blackLarge = variant('black', 'large');
const variants = [creamSoldOut, green, greenLarge, blackLarge];

describe('choosing a variant', () => {
  it('starts with the one the address asks for, even when it is sold out', () => {
    expect(startingVariant(variants, creamSoldOut.sku)).toBe(creamSoldOut);
  });

  it('starts with the first that can be bought when the address asks for none or for an unknown one', () => {
    expect(startingVariant(variants, undefined)).toBe(green);
    expect(startingVariant(variants, 'MUG-gone')).toBe(green);
    expect(startingVariant([creamSoldOut], undefined)).toBe(creamSoldOut);
  });

  it('tells what can be had, what is sold out and what was never made', () => {
    const choice = { variants, current: green };
    expect(stateOfValue(choice, size, 'large')).toBe('available');
    expect(stateOfValue(choice, color, 'cream')).toBe('sold-out');
    expect(stateOfValue(choice, color, 'black')).toBe('impossible');
  });

  it('keeps the other choices where that variant exists', () => {
    expect(variantAfter({ variants, current: green }, size, 'large')).toBe(greenLarge);
  });

  it('leads to the nearest variant when the combination was never made', () => {
    expect(variantAfter({ variants, current: green }, color, 'black')).toBe(blackLarge);
    expect(variantAfter({ variants, current: green }, color, 'gold')).toBeNull();
  });
});
