import { describe, expect, it } from 'vitest';
import { i18n } from '../app/i18n';
import type { Tools } from '../ui/useTools';
import { effectsOf } from './adjust-many';

const { t, n, locale } = i18n.global;
const tools = { t, n } as unknown as Tools;

describe('what an adjustment of several variants will do', () => {
  it.each([
    [
      { variants: 3, added: 15, removed: 0, refused: 0 },
      ['All 3 chosen variants change.', '15 units are added.'],
    ],
    [
      { variants: 1, added: 0, removed: 2, refused: 1 },
      [
        '1 of 3 chosen variants changes.',
        '2 units are taken away.',
        '1 variant stays as it is: more of it is reserved there.',
      ],
    ],
    [{ variants: 0, added: 0, removed: 0, refused: 0 }, ['Nothing would change.']],
    [null, ['Nothing would change.']],
  ])('is said of %j', (effects, sentences) => {
    locale.value = 'en';
    const told = effects && { __typename: 'StockBulkAdjustPreview' as const, ...effects };
    expect(effectsOf({ chosen: 3, effects: told }, { tools })).toEqual(sentences);
  });
});
