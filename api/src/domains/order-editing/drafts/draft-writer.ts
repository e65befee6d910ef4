import { isDeepStrictEqual } from 'node:util';
import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localized } from '../../../kernel/languages.js';
import { money } from '../../../kernel/money.js';
import type { Querying, Tx } from '../../../platform/database/database.js';
import { staffDiscountIn, type DraftContent, type RequestedPrice } from './draft-content.js';
import { NO_PARTS, type DraftToPrice, type PluginParts, type PriceParts } from '../../cart/index.js';
import {
  linesByOrder,
  promisedBy,
  storedAdjustments,
  toOrderLines,
  type NewOrder,
  type OrderEntity,
  type OrderLineEntity,
  type StoredAdjustment,
} from '../../orders/index.js';
import { assertOffered } from '../../store/index.js';
import { cheapestOf, PriceChangedError, type Reference } from '../../pricing/index.js';
import { customerExists } from '../order-editing.statements.js';
import { assertRequestedLines, forSale, priceDraft, type PricedDraft } from './price-draft.js';
import { readPurchasableVariants } from '../purchasable-variants.js';

type WrittenDraft = Pick<
  NewOrder,
  | 'userId'
  | 'language'
  | 'email'
  | 'phone'
  | 'shippingAddress'
  | 'billingAddress'
  | 'shippingMethodId'
  | 'shippingMethodName'
  | 'promised'
  | 'lines'
  | 'price'
  | 'taxNames'
  | 'taxMode'
  | 'note'
>;

/** Turns what staff requests into the rows of an order, at today's prices. */
export class DraftWriter {
  constructor(private readonly parts: PluginParts) {}

  /**
   * What a draft would cost, outside of transactions: without any plugin's part while one fails. `draftId` is null for
   * one that is not written yet.
   *
   * @throws NotFoundError | InvalidInputError for the lines
   */
  preview(
    querying: Querying,
    requested: RequestedPrice & { readonly draftId: string | null },
    reference: Reference,
  ): Promise<PricedDraft> {
    return this.priceWith(querying, requested, reference, (found) =>
      this.parts.toShow(toPrice(requested, found, reference), reference),
    );
  }

  /**
   * The goods of an exchange less its credit. Plugins have no parts in it: its goods replace goods that were paid for
   * together with their parts.
   *
   * @throws NotFoundError | InvalidInputError for the lines
   */
  priceExchange(tx: Tx, requested: RequestedPrice, reference: Reference): Promise<PricedDraft> {
    return this.priceWith(tx, { ...requested, reason: 'EXCHANGE_CREDIT' }, reference, () =>
      Promise.resolve(NO_PARTS),
    );
  }

  /**
   * @throws NotFoundError | InvalidInputError for lines, deliveries or discounts that are not possible
   * @throws DomainError LANGUAGE_NOT_OFFERED | PLUGIN_FAILED
   */
  async write(
    tx: Tx,
    draft: DraftContent,
    { draftId, reference }: { readonly draftId: string | null; readonly reference: Reference },
  ): Promise<WrittenDraft> {
    const { customerId, language, lines: _requestedLines, discount, place: _place, ...details } = draft;
    assertOffered(reference.languages, language, ['draft', 'language']);
    const customer = customerId ? await tx.row(customerExists, { customerId }) : null;
    if (customerId && !customer) throw new NotFoundError('customer', ['draft', 'customerId']);
    const priced = await this.price(tx, { ...draft, draftId, at: ['draft', 'lines'] }, reference);
    const { price, taxNames, taxMode, shipping, shippingMethods } = priced;
    if (!shipping) throw new NotFoundError('delivery to this country', ['draft', 'shippingMethodId']);
    if (staffDiscountIn(price.adjustments) < discount)
      throw new InvalidInputError('The discount is more than the goods cost.', ['draft', 'discount']);
    const fallback = reference.defaultLanguage;
    return {
      ...details,
      language,
      userId: customer?.userId ?? null,
      shippingMethodName: localized(shipping.method.name, language, fallback) ?? '',
      promised: promisedBy(shipping.method, cheapestOf(shippingMethods)),
      lines: toOrderLines(priced.lines, price, { language, fallback }),
      price,
      taxNames,
      taxMode,
    };
  }

  /**
   * The lines of a locked draft, if they still cost what it says, with the taxes that it says.
   * @throws PriceChangedError with what they cost now | NotFoundError for what is no longer sold
   * @throws DomainError PLUGIN_FAILED
   */
  async unchangedLines(tx: Tx, draft: OrderEntity, reference: Reference): Promise<OrderLineEntity[]> {
    const lines = await tx.rows(linesByOrder, { ids: [draft.id] });
    const { id: draftId, shippingMethodId, shippingAddress, adjustments } = draft;
    const discount = staffDiscountIn(adjustments);
    const { price, shipping, taxMode, ...priced } = await this.price(
      tx,
      { draftId, place: shippingAddress, shippingMethodId, lines, discount },
      reference,
    );
    if (!shipping) throw new NotFoundError('delivery to this country', ['orderId']);
    const isTaxedSame =
      taxMode === draft.taxMode &&
      priced.lines.every(({ taxBasisPoints }, i) => taxBasisPoints === lines[i]?.taxBasisPoints);
    const isSame =
      isTaxedSame &&
      price.total.gross === draft.totalGross &&
      price.total.net === draft.totalNet &&
      price.lines.every(({ gross }, i) => gross === lines[i]?.totalGross) &&
      isDeepStrictEqual(amountsOf(storedAdjustments(price.adjustments, lines)), amountsOf(adjustments));
    if (!isSame) throw new PriceChangedError(money(price.total.gross, draft.currency), ['orderId']);
    return lines;
  }

  /** @throws NotFoundError | InvalidInputError for the lines | DomainError PLUGIN_FAILED */
  private price(
    tx: Tx,
    requested: RequestedPrice & { readonly draftId: string | null },
    reference: Reference,
  ): Promise<PricedDraft> {
    return this.priceWith(tx, requested, reference, (found) =>
      this.parts.of(tx, toPrice(requested, found, reference), reference),
    );
  }

  private async priceWith(
    querying: Querying,
    requested: RequestedPrice & { readonly reason?: 'EXCHANGE_CREDIT' },
    reference: Reference,
    partsOf: (found: ReturnType<typeof forSale>) => Promise<PriceParts>,
  ): Promise<PricedDraft> {
    assertRequestedLines(requested.lines, requested.at);
    if (!Number.isSafeInteger(requested.discount) || requested.discount < 0)
      throw new InvalidInputError('A discount is not below zero.', ['discount']);
    const purchasableVariants = await readPurchasableVariants(
      querying,
      requested.lines.map(({ variantId }) => variantId),
    );
    return priceDraft(requested.lines, purchasableVariants, {
      ...requested,
      reason: requested.reason ?? 'STAFF_DISCOUNT',
      parts: await partsOf(forSale(requested.lines, purchasableVariants, requested.at)),
      reference,
      currency: reference.currency,
    });
  }
}

/** What a plugin is asked about. A variant stands once in a draft, whose lines have new ids whenever it is written. */
function toPrice(
  { draftId: id, place: { countryCode } }: RequestedPrice & { readonly draftId: string | null },
  found: ReturnType<typeof forSale>,
  { currency }: Reference,
): DraftToPrice {
  return {
    ...{ kind: 'DRAFT', id, currency, countryCode },
    lines: found.map(({ variantId, quantity, variant, product }) => ({
      ...{ id: variantId, variantId, productId: product.id, quantity, unitPrice: variant.price },
    })),
  };
}

/** Adjustments without their names, which cost nothing. */
function amountsOf(adjustments: readonly StoredAdjustment[]): unknown {
  return adjustments.map(({ name: _name, ...amounts }) => amounts);
}
