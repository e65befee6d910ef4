import { describe, expect, it } from 'vitest';
import { mergeDraft, putAt } from './merge-draft';

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

    expect(mergeDraft(mine, base, theirs).merged).toEqual({
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

    expect(mergeDraft(mine, base, theirs).merged.variants).toEqual([
      { id: 'b', sku: 'B2', price: '25' },
      { id: 'c', sku: 'C', price: '5' },
    ]);
  });

  it('keeps the rows I added, and leaves away those I removed unless they were changed meanwhile', () => {
    const [a, b] = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ];
    const [mine, theirs] = [
      { id: 'mine', name: '' },
      { id: 'theirs', name: 'C' },
    ];

    expect(mergeDraft([b, mine], [a, b], [a, b, theirs]).merged).toEqual([b, theirs, mine]);
    expect(mergeDraft([b], [a, b], [{ ...a, name: 'A2' }, b]).merged).toEqual([{ ...a, name: 'A2' }, b]);
    expect(mergeDraft([mine], [], [theirs]).merged).toEqual([theirs, mine]);
  });

  it('asks how many, when both of us added the same row', () => {
    const row = (quantity: number) => ({ id: 'mug', quantity, name: 'Mug' });

    expect(mergeDraft([row(1)], [], [row(3)])).toEqual({
      merged: [row(1)],
      clashes: [{ name: '#mug.quantity', before: undefined, mine: 1, theirs: 3 }],
    });
    expect(mergeDraft([row(3)], [], [row(3)])).toEqual({ merged: [row(3)], clashes: [] });
  });

  it('keeps my list of words as I left it', () => {
    const mine = { ...base, tags: ['cadou', 'nou'] };

    expect(mergeDraft(mine, base, { ...base, tags: ['iarnă'] }).merged.tags).toEqual(['cadou', 'nou']);
  });

  it('names what both of us changed, and nothing else', () => {
    const mine = {
      ...base,
      slug: 'cana-mea',
      texts: { RO: 'Cana mare', EN: 'Mug ' },
      variants: [base.variants[0], { id: 'b', sku: 'B', price: '25' }],
    };
    const theirs = {
      ...base,
      slug: 'cana-lor',
      texts: { RO: 'Cana mare', EN: 'Big mug' },
      variants: [
        { id: 'b', sku: 'B', price: '22' },
        { id: 'a', sku: 'A', price: '10' },
      ],
    };

    const { merged, clashes } = mergeDraft(mine, base, theirs);

    expect(clashes).toEqual([
      { name: 'slug', before: 'cana', mine: 'cana-mea', theirs: 'cana-lor' },
      { name: 'variants.#b.price', before: '20', mine: '25', theirs: '22' },
    ]);
    putAt(merged, 'variants.#b.price', '22');
    putAt(merged, 'variants.#gone.price', '1');
    expect(merged.variants[0]).toEqual({ id: 'b', sku: 'B', price: '22' });
  });
});
