import type { LocalizedText } from '../../../kernel/languages.js';
import { taxRateFor, type Adjustment, type NamedRate, type Reference } from '../../pricing/index.js';
import type { PricedThing, PricePart } from './cart-priced.hook.js';

/** What plugins take off the price of a cart and add to it. */
export interface PriceParts {
  readonly adjustments: readonly Adjustment[];
  /** The taxes of the charges. */
  readonly taxes: readonly NamedRate[];
  /** A plugin that failed: then there are no parts, and nothing can be ordered. Null when none did. */
  readonly failedPlugin: string | null;
}

export const NO_PARTS: PriceParts = { adjustments: [], taxes: [], failedPlugin: null };

/** More parts than this of one plugin are a fault: each is a row in the cart, on the order and on documents. */
const MOST_PARTS = 20;
/** Of one part, minor units: sums of many stay whole numbers that JavaScript can tell apart. */
const LARGEST = 1_000_000_000_000;
const LONGEST_NAME = 200;

/**
 * The parts that a plugin answered with, as adjustments.
 *
 * @throws Error for an answer that is no price: an amount that is no whole number or below zero, a code twice, a line of
 *   another cart, a class of tax that the shop does not have, no name or none that fits into a line
 */
export function toAdjustments(
  answer: unknown,
  plugin: string,
  { cart, reference }: { readonly cart: PricedThing; readonly reference: Reference },
): { readonly adjustment: Adjustment; readonly tax: NamedRate | null }[] {
  const given = (answer as { readonly parts?: unknown } | undefined)?.parts;
  if (!Array.isArray(given)) throw new Error('Its price parts are no list');
  const parts = given as readonly PricePart[];
  if (parts.length > MOST_PARTS) throw new Error(`A plugin has at most ${MOST_PARTS} price parts`);
  const codes = new Set<string>();
  return parts.flatMap((part) => {
    assertPart(part);
    if (codes.has(part.code)) throw new Error(`Two of its price parts have the code ${part.code}`);
    codes.add(part.code);
    return part.amount === 0 ? [] : [toAdjustment(part, plugin, { cart, reference })];
  });
}

function assertPart({ code, name, amount, position = 0 }: PricePart): void {
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]{0,59}$/.test(code))
    throw new Error(`A price part has the code ${String(code)}: capital letters, digits and underscores`);
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > LARGEST)
    throw new Error(`The price part ${code} has the amount ${String(amount)}, which is none in minor units`);
  if (!Number.isSafeInteger(position)) throw new Error(`The price part ${code} has no position`);
  const texts: readonly unknown[] = Object.values((name as LocalizedText | undefined) ?? {});
  if (texts.length === 0 || !texts.every(isName))
    throw new Error(`The price part ${code} has no name: a line of at most ${LONGEST_NAME} characters`);
}

/** One line that orders can store and documents can print. */
function isName(text: unknown): boolean {
  return (
    typeof text === 'string' &&
    text.trim() !== '' &&
    text.length <= LONGEST_NAME &&
    text.isWellFormed() &&
    !/\p{Cc}/u.test(text)
  );
}

function toAdjustment(
  part: PricePart,
  plugin: string,
  { cart, reference }: { readonly cart: PricedThing; readonly reference: Reference },
): { readonly adjustment: Adjustment; readonly tax: NamedRate | null } {
  const { name, amount, position = 0 } = part;
  const base = { code: `${plugin}.${part.code}`, name, amount, position };
  if (part.kind === 'DISCOUNT')
    return { adjustment: { ...base, kind: 'DISCOUNT', items: itemsOf(part, cart) }, tax: null };
  if (part.kind !== 'CHARGE') throw new Error(`The price part ${base.code} has an unknown kind`);
  const { taxClass } = part;
  const isKnown =
    taxClass === undefined ||
    taxClass === 'standard' ||
    reference.datedRates.some((rate) => rate.taxClass === taxClass);
  if (!isKnown) throw new Error(`The price part ${base.code} has the unknown tax class ${taxClass}`);
  const tax = taxRateFor(reference, cart.countryCode, taxClass ?? 'standard');
  const { rateBasisPoints: taxBasisPoints } = tax;
  return {
    adjustment: { ...base, kind: 'CHARGE', taxBasisPoints, followsGoods: taxClass === undefined },
    tax,
  };
}

function itemsOf(
  { code, lineIds }: Extract<PricePart, { kind: 'DISCOUNT' }>,
  { lines }: PricedThing,
): number[] | null {
  return (
    lineIds?.map((lineId) => {
      const at = lines.findIndex(({ id }) => id === lineId);
      if (at < 0) throw new Error(`The price part ${code} names a line of another cart`);
      return at;
    }) ?? null
  );
}
