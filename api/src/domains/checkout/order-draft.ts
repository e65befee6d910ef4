import type { Language } from '../../kernel/languages.js';
import { localized } from '../../kernel/languages.js';
import { newId } from '../../kernel/ids.js';
import type { CartLineView, CartView } from '../cart/index.js';

export interface DraftLine {
  readonly id: string;
  readonly position: number;
  readonly variantId: string;
  readonly productId: string;
  readonly productName: string;
  readonly productSlug: string;
  readonly variantName: string;
  readonly sku: string;
  readonly image: unknown;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly totalNet: number;
  readonly totalGross: number;
  readonly taxBasisPoints: number;
}

/** The cart's lines as the order will keep them: names in the buyer's language, prices and picture of this moment. */
export function toDraftLines(cart: CartView, language: Language, fallback: Language): DraftLine[] {
  const text = (value: CartLineView['product']['name']): string => localized(value, language, fallback) ?? '';
  return cart.lines.map((line, position) => ({
    id: newId(),
    position,
    variantId: line.variantId,
    productId: line.product.id,
    productName: text(line.product.name),
    productSlug: line.product.slug,
    variantName: text(line.variant.name),
    sku: line.variant.sku,
    image: line.product.cover[0] ?? null,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    totalNet: line.total.net,
    totalGross: line.total.gross,
    taxBasisPoints: line.taxBasisPoints,
  }));
}
