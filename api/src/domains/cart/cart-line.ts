import type { ProductRow, VariantRow } from '../catalog/index.js';
import type { NetGross } from '../pricing/index.js';

export interface CartLineRow {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPriceAtAdd: number;
  /** When it was added, in milliseconds since 1970. */
  readonly addedAt: number;
  /** Units that the cart holds of the variant; only where carts hold stock. */
  readonly held?: number;
  readonly variant: VariantRow;
  readonly product: ProductRow;
}

export interface CartLineView extends CartLineRow {
  readonly currency: string;
  readonly unitPrice: number;
  readonly taxBasisPoints: number;
  /** The tax rate when it was added, in basis points, where it is another one by now; null where it is not. */
  readonly taxBefore: number | null;
  readonly total: NetGross;
}
