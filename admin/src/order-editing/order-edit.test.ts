import { describe, expect, it } from 'vitest';
import type { EditableOrderFragment } from '../generated/order-editing/graphql';
import {
  addToEdit,
  carryOver,
  editLines,
  hasLostLine,
  isChanged,
  removeFromEdit,
  removesUnits,
} from './order-edit';
import { wantedLines } from './draft-order';

type Line = EditableOrderFragment['lines'][number];

const line = (id: string, quantity: number, fulfilledQuantity = 0): Line =>
  ({
    id,
    quantity,
    fulfilledQuantity,
    productName: id,
    variantName: id,
    sku: id,
    image: null,
    variant: { id },
  }) as unknown as Line;

const bowl = { variantId: 'bowl', product: 'bowl', variant: 'bowl', sku: 'bowl', imageUrl: '', quantity: 1 };

describe('changing an order that was placed', () => {
  it('begins with the order as it is', () => {
    const lines = editLines({ lines: [line('mug', 2)] });

    expect(isChanged(lines)).toBe(false);
    expect(wantedLines(lines)).toEqual([{ variantId: 'mug', quantity: 2 }]);
  });

  it('adds a piece, also of what is there', () => {
    const lines = addToEdit(addToEdit(editLines({ lines: [line('mug', 2)] }), bowl), bowl);

    expect(wantedLines(lines)).toEqual([
      { variantId: 'mug', quantity: 2 },
      { variantId: 'bowl', quantity: 2 },
    ]);
    expect(removesUnits(lines)).toBe(false);
  });

  it('cannot take back what is in the post', () => {
    const lines = removeFromEdit(editLines({ lines: [line('mug', 3, 1), line('plate', 1)] }), 'mug');

    expect(wantedLines(lines)).toEqual([
      { variantId: 'mug', quantity: 1 },
      { variantId: 'plate', quantity: 1 },
    ]);
    expect(removesUnits(lines)).toBe(true);
  });

  it('leaves a removed line in sight, so that it can be put back, and forgets one that was only added', () => {
    const lines = addToEdit(editLines({ lines: [line('mug', 1)] }), bowl);

    expect(removeFromEdit(lines, 'mug').map(({ variantId }) => variantId)).toEqual(['mug', 'bowl']);
    expect(removeFromEdit(lines, 'bowl').map(({ variantId }) => variantId)).toEqual(['mug']);
  });

  it('is refused for an order with a line nobody can name any more', () => {
    const lost = { ...line('lost', 1), variant: null };

    expect(hasLostLine({ lines: [line('mug', 1), lost] })).toBe(true);
  });

  it('goes on upon the order as a colleague left it, without losing what was being changed', () => {
    const opened = editLines({ lines: [line('mug', 2), line('vase', 1)] });
    const mine = addToEdit(removeFromEdit(opened, 'mug'), bowl);
    const now = editLines({ lines: [line('mug', 3, 1), line('vase', 4)] });

    expect(
      carryOver(mine, now).map(({ variantId, quantity, before }) => [variantId, quantity, before]),
    ).toEqual([
      ['mug', 1, 3],
      ['vase', 4, 4],
      ['bowl', 1, 0],
    ]);
  });
});
