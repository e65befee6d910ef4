import { describe, expect, it } from 'vitest';
import { mergeDraft } from './merge-draft';

const base = {
  slug: 'cana',
  tags: ['cadou'],
  texts: { RO: 'Cană', EN: 'Mug' },
  variants: [
    { id: 'a', sku: 'A', price: '10' },
    { id: 'b', sku: 'B', price: '20' },
  ],
};

describe('when a colleague saved while I was typing', () => {
  it('takes what I did not touch and keeps what I did', () => {
    const mine = { ...base, texts: { RO: 'Cana mare', EN: 'Mug' } };
    const theirs = { ...base, slug: 'cana-noua', texts: { RO: 'Cană', EN: 'Big mug' } };

    expect(mergeDraft(mine, base, theirs)).toEqual({
      ...theirs,
      texts: { RO: 'Cana mare', EN: 'Big mug' },
    });
  });

  it('keeps a price I typed on its own variant when another variant was deleted before it', () => {
    const mine = { ...base, variants: [base.variants[0], { id: 'b', sku: 'B', price: '25' }] };
    const theirs = {
      ...base,
      variants: [
        { id: 'b', sku: 'B2', price: '20' },
        { id: 'c', sku: 'C', price: '5' },
      ],
    };

    expect(mergeDraft(mine, base, theirs).variants).toEqual([
      { id: 'b', sku: 'B2', price: '25' },
      { id: 'c', sku: 'C', price: '5' },
    ]);
  });

  it('keeps my list of words as I left it', () => {
    const mine = { ...base, tags: ['cadou', 'nou'] };

    expect(mergeDraft(mine, base, { ...base, tags: ['iarnă'] }).tags).toEqual(['cadou', 'nou']);
  });
});
