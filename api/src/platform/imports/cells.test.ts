import { describe, expect, it } from 'vitest';
import { code, numberOf, text, wholeNumber, type Cell } from './cells.js';

const POINT = { decimalSign: '.' } as const;
const COMMA = { decimalSign: ',' } as const;

describe('a number in a cell', () => {
  it.each<[NonNullable<Cell>, typeof POINT | typeof COMMA, number]>([
    [12.5, COMMA, 12.5],
    ['12.5', POINT, 12.5],
    ['12,5', COMMA, 12.5],
    ['1,200.50', POINT, 1200.5],
    ['1.200,50', COMMA, 1200.5],
    ['1 200', POINT, 1200],
    ['1\u00a0200,5', COMMA, 1200.5],
    ["1'234'567", POINT, 1234567],
    [' 7 ', POINT, 7],
    ['-3', POINT, -3],
    ['+4', COMMA, 4],
    ['5,', COMMA, 5],
    ['0012', POINT, 12],
  ])('%j is read as it is meant', (cell, format, value) => {
    expect(numberOf(cell, format)).toEqual({ value });
  });

  it.each<[string, typeof POINT | typeof COMMA]>([
    ['12,5', POINT],
    ['12.5', COMMA],
    ['1.2.3', POINT],
    ['1,20,000', POINT],
    ['12 buc', POINT],
    ['doi', COMMA],
    ['1e3', POINT],
    ['0x10', POINT],
    ['--1', POINT],
    ['٣', POINT],
    ['Infinity', POINT],
  ])('%j is none, and is not guessed at', (cell, format) => {
    expect(numberOf(cell, format)).toEqual({ code: 'NOT_A_NUMBER' });
  });

  it('may have to be whole, and within limits', () => {
    const read = wholeNumber({ least: 1, most: 1000 });
    expect([
      read('12,00', COMMA),
      read(12.5, POINT),
      read('0', POINT),
      read('1001', POINT),
      read('#N/A', POINT),
    ]).toEqual([
      { value: 12 },
      { code: 'NOT_A_WHOLE_NUMBER' },
      { code: 'NUMBER_OUT_OF_RANGE' },
      { code: 'NUMBER_OUT_OF_RANGE' },
      { code: 'FORMULA_FAILED' },
    ]);
  });
});

describe('a code in a cell', () => {
  const read = code({ most: 20 });

  it('keeps its zeros as text, and is whole as a number', () => {
    expect([read('0012345678905', POINT), read(5941234567899, POINT), read(' A-1 ', POINT)]).toEqual([
      { value: '0012345678905' },
      { value: '5941234567899' },
      { value: 'A-1' },
    ]);
  });

  it.each(['5.94E+12', '5,94123E+12', '5E12', '5.94e+12'])(
    'that a spreadsheet has shortened is refused: %s',
    (cell) => {
      expect(read(cell, POINT)).toEqual({ code: 'DIGITS_LOST' });
    },
  );

  it('that has lost digits in another way, is too long, or is what is left of a formula is refused', () => {
    expect([read(59412345678990000000, POINT), read('x'.repeat(21), POINT), read('#REF!', POINT)]).toEqual([
      { code: 'DIGITS_LOST' },
      { code: 'TEXT_TOO_LONG' },
      { code: 'FORMULA_FAILED' },
    ]);
    expect(text({ most: 3 })('abc ', POINT)).toEqual({ value: 'abc' });
  });
});
