import { newId } from '../../../kernel/ids.js';
import { localized, type Language, type LocalizedText } from '../../../kernel/languages.js';
import type { ProductRow, VariantRow } from '../../catalog/index.js';
import type { CartPrice, PricedLine, TaxedDelivery } from '../../pricing/index.js';
import type { NewOrderLine } from './new-order.js';
import type { OrderEntity } from '../order.entity.js';

/** A variant of the catalog that was ordered, or is to be. */
export interface OrderedItem {
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly taxBasisPoints: number;
  readonly product: Pick<ProductRow, 'id' | 'name' | 'slug' | 'cover'>;
  readonly variant: Pick<VariantRow, 'name' | 'sku' | 'image'>;
}

/** The buyer's language, and the shop's default language for names that are not translated. */
export interface LineLanguages {
  readonly language: Language;
  readonly fallback: Language;
}

/** The lines of an order of these items. `price` must be the price of exactly these items, in their order. */
export function toOrderLines(
  items: readonly OrderedItem[],
  price: CartPrice,
  languages: LineLanguages,
): NewOrderLine[] {
  return items.map((item, position) => toOrderLine(item, priceAt(price, position), position, languages));
}

/** A line as the order stores it: names in the buyer's language, price and image of this moment. */
export function toOrderLine(
  item: OrderedItem,
  total: PricedLine,
  position: number,
  { language, fallback }: LineLanguages,
): NewOrderLine {
  const text = (value: LocalizedText): string => localized(value, language, fallback) ?? '';
  return {
    id: newId(),
    position,
    variantId: item.variantId,
    productId: item.product.id,
    productName: text(item.product.name),
    productSlug: item.product.slug,
    variantName: text(item.variant.name),
    sku: item.variant.sku,
    // The image of the variant; a variant without an image of its own uses its product's.
    image: item.variant.image ?? item.product.cover[0] ?? null,
    quantity: item.quantity,
    unitPrice: item.unitPrice,
    discount: total.discount,
    totalNet: total.net,
    totalGross: total.gross,
    taxBasisPoints: item.taxBasisPoints,
  };
}

/** The price of the item at this position. */
export function priceAt({ lines }: CartPrice, position: number): PricedLine {
  const line = lines[position];
  if (!line) throw new Error('An item without a price');
  return line;
}

/** The delivery of an order with its tax rates, as it was priced; null where it costs nothing. */
export function deliveryOf({
  shippingNet: net,
  shippingGross: gross,
  shippingRates: rates,
}: Pick<OrderEntity, 'shippingNet' | 'shippingGross' | 'shippingRates'>): TaxedDelivery | null {
  return gross === 0 ? null : { net, gross, rates };
}
