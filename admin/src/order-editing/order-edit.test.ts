import { describe, expect, it } from 'vitest';
import type { EditableOrderFragment } from '../generated/order-editing/graphql';
import { mergeDraft } from '../ui/forms/drafts/merge-draft';
import { nameOfField } from '../ui/forms/fields/field-names';
import { testTools } from '../ui/testing-tools';
import { hasLostLine, isChanged, orderEditForm, takeOff, takesUnitsOff } from './order-edit-form';
import { addVariant, linesOf, shownLines, wantedLines } from './order-lines';
import type { LinesState } from './order-lines';

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
const order = (...lines: Line[]): EditableOrderFragment => ({ lines }) as EditableOrderFragment;

const bowl = { variantId: 'bowl', product: 'bowl', variant: 'bowl', sku: 'bowl', imageUrl: '' };
const without = (state: LinesState, id: string, of: EditableOrderFragment): LinesState => {
  const [found] = shownLines(state, of).filter(({ variantId }) => variantId === id);
  return found ? takeOff(state, found) : state;
};

describe('changing an order that was placed', () => {
  it('begins with the order as it is', () => {
    const stored = order(line('mug', 2));
    const lines = shownLines(linesOf(stored), stored);

    expect(isChanged(lines)).toBe(false);
    expect(wantedLines(lines)).toEqual([{ variantId: 'mug', quantity: 2 }]);
  });

  it('adds a piece, also of what is there', () => {
    const stored = order(line('mug', 2));
    const mug = { ...bowl, variantId: 'mug' };
    const state = addVariant(addVariant(addVariant(linesOf(stored), bowl), bowl), mug);
    const lines = shownLines(state, stored);

    expect(wantedLines(lines)).toEqual([
      { variantId: 'mug', quantity: 3 },
      { variantId: 'bowl', quantity: 2 },
    ]);
    expect(takesUnitsOff(lines)).toBe(false);
  });

  it('cannot take back what is in the post', () => {
    const stored = order(line('mug', 3, 1), line('plate', 1));
    const lines = shownLines(without(linesOf(stored), 'mug', stored), stored);

    expect(wantedLines(lines)).toEqual([
      { variantId: 'mug', quantity: 1 },
      { variantId: 'plate', quantity: 1 },
    ]);
    expect(takesUnitsOff(lines)).toBe(true);
  });

  it('leaves a removed line in sight, so that it can be put back, and forgets one that was only added', () => {
    const stored = order(line('mug', 1));
    const state = addVariant(linesOf(stored), bowl);
    const idsAfter = (id: string) => without(state, id, stored).lines.map((each) => each.id);

    expect(idsAfter('mug')).toEqual(['mug', 'bowl']);
    expect(without(state, 'bowl', stored)).toEqual(linesOf(stored));
  });

  it('is refused for an order with a line nobody can name any more', () => {
    const lost = { ...line('lost', 1), variant: null };

    expect(hasLostLine({ lines: [line('mug', 1), lost] })).toBe(true);
  });

  it('goes on upon the order as a colleague left it, and asks about what both of them changed', () => {
    const before = order(line('mug', 2), line('vase', 1), line('jug', 1));
    const now = order(line('mug', 3, 1), line('vase', 4), line('jug', 1), line('bowl', 3));
    const mine = addVariant(without(linesOf(before), 'mug', before), bowl);
    const { merged, clashes } = mergeDraft(mine, linesOf(before), linesOf(now));

    expect(clashes.map(({ name, mine: own, theirs }) => [name, own, theirs])).toEqual([
      ['lines.#mug.quantity', 0, 3],
      ['lines.#bowl.quantity', 1, 3],
    ]);
    const [clash] = clashes;
    expect(nameOfField(clash?.name ?? '', orderEditForm.fields, testTools, now)).toBe(
      'products.quantity, mug',
    );
    // One of the mugs has been shipped meanwhile.
    expect(shownLines(merged, now).map((each) => [each.variantId, each.quantity, each.before])).toEqual([
      ['mug', 1, 3],
      ['vase', 4, 4],
      ['jug', 1, 1],
      ['bowl', 1, 3],
    ]);
  });
});

describe('an edit that is sent', () => {
  const stored = { ...order(line('mug', 2)), id: 'o1', version: 4 };
  const sentWith = async (preview: object | null, version: number | null = 4) => {
    const inputs: unknown[] = [];
    const client = {
      mutation: async (_document: unknown, { input }: { input: unknown }) => inputs.push(input),
    };
    const { update, agree } = orderEditForm;
    const values = { ...addVariant(linesOf(stored), bowl), restock: true, expectedTotal: null };
    const agreed = (preview && agree?.(values, preview as never)) ?? values;
    await update?.(client as never, { ...stored, version }, agreed, 'k1');
    return inputs;
  };

  it('names the total that was shown, so that another one is refused instead of charged', async () => {
    expect(await sentWith({ totalAfter: { amount: 9900 } })).toEqual([
      {
        orderId: 'o1',
        expectedVersion: 4,
        expectedTotal: 9900,
        lines: [
          { variantId: 'mug', quantity: 2 },
          { variantId: 'bowl', quantity: 1 },
        ],
        restock: true,
        idempotencyKey: 'k1',
      },
    ]);
  });

  it('is not sent while nobody has seen a total, or the version of the order', async () => {
    expect(await sentWith(null)).toEqual([]);
    expect(await sentWith({ totalAfter: { amount: 9900 } }, null)).toEqual([]);
  });
});
