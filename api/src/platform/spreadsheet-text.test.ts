import { describe, expect, it } from 'vitest';
import { typed } from './spreadsheet-text.js';

describe('a cell of a file for spreadsheets', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tA1', '\rA1', '\nA1'])('runs nothing: %j', (text) => {
    expect(typed(text)).toBe(`'${text}`);
  });

  it.each([
    ['Ana;=1+1;Pop', "Ana;'=1+1;Pop"],
    ['Ana; \u200e＝1', "Ana;' \u200e＝1"],
    ['Ana;"=1+1"', `Ana;'"=1+1"`],
    ['Ana;;@A1', "Ana;;'@A1"],
    ['Strada 1\r\n=1+1', "Strada 1\r\n'=1+1"],
    ['Strada 1\t-1', "Strada 1\t'-1"],
    ['\n=1', "'\n'=1"],
  ])('runs nothing where spreadsheets cut lines at semicolons: %j', (text, safe) => {
    const cells = typed(text).split(/[;\t\r\n]/);
    for (const cell of cells) expect(cell).not.toMatch(/^["\s\u200e]*[=＝+@-]/);
    expect(typed(text)).toBe(safe);
  });

  it.each(['＝1+1', '＋1', '－1', '＠A1', '−1', '﹢1'])('runs nothing in signs of full width: %j', (text) => {
    expect(typed(text)).toBe(`'${text}`);
  });

  it.each([
    '\u200e=1+1',
    '\ufeff=1+1',
    '\u200b＝1',
    '\u00a0=1',
    '\u2060\u3000@A1',
    '\u00ad-1',
    '\u0301=1',
    '\u3164=1',
    '\u115f=1',
    '\uffa0＝1',
    '\u2800=1',
    '\u{e0100}=1',
    '\u180e=1',
  ])('runs nothing behind a sign that is not seen: %j', (text) => {
    expect(typed(text)).toBe(`'${text}`);
  });

  it.each(['Ana', 'Pop = Pop', '12 × CANA', '3-5', '李小龙', ' Ana', 'Bl. 3; Sc. A', ''])(
    'leaves other words alone: %j',
    (text) => {
      expect(typed(text)).toBe(text);
    },
  );
});
