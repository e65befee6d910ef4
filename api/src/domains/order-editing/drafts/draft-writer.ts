import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localized, type Language } from '../../../kernel/languages.js';
import { money } from '../../../kernel/money.js';
import type { Querying, Tx } from '../../../platform/database/database.js';
import type { StoredAddress } from '../../identity/index.js';
import {
  linesByOrder,
  toOrderLines,
  type NewOrder,
  type OrderEntity,
  type OrderLineEntity,
} from '../../orders/index.js';
import { assertOffered } from '../../store/index.js';
import { PriceChangedError, type Reference } from '../../pricing/index.js';
import { customerExists } from '../order-editing.statements.js';
import {
  assertRequestedLines,
  priceDraft,
  type At,
  type PricedDraft,
  type Requested,
} from './price-draft.js';
import { readPurchasableVariants } from '../purchasable-variants.js';

/** The content of a draft as staff requests it. */
export interface DraftContent extends RequestedPrice {
  readonly email: string;
  readonly phone: string | null;
  readonly language: Language;
  readonly customerId: string | null;
  readonly shippingAddress: StoredAddress;
  readonly billingAddress: StoredAddress;
  readonly shippingMethodId: string;
  readonly note: string | null;
}

/** The part of a draft that decides its price. */
export interface RequestedPrice {
  readonly countryCode: string;
  readonly shippingMethodId: string | null;
  readonly lines: readonly Requested[];
  /** Discount on the goods, gross, minor units. */
  readonly discount: number;
  /** What the discount is: of staff when left out, or the credit of an exchange. */
  readonly reason?: 'EXCHANGE_CREDIT';
  /** The path of the lines in the input; `lines` when left out. */
  readonly at?: At;
}

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
  | 'lines'
  | 'price'
  | 'taxNames'
  | 'note'
>;

/** Turns what staff requests into the rows of an order, at today's prices. */
export class DraftWriter {
  /** @throws NotFoundError | InvalidInputError for the lines */
  async price(querying: Querying, requested: RequestedPrice, reference: Reference): Promise<PricedDraft> {
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
      reference,
      currency: reference.currency,
    });
  }

  /**
   * @throws NotFoundError | InvalidInputError for lines, deliveries or discounts that are not possible
   * @throws DomainError LANGUAGE_NOT_OFFERED
   */
  async write(tx: Tx, draft: DraftContent, reference: Reference): Promise<WrittenDraft> {
    const { customerId, language, lines: _requestedLines, discount, ...details } = draft;
    assertOffered(reference.languages, language, ['draft', 'language']);
    if (customerId && !(await tx.row(customerExists, { customerId })))
      throw new NotFoundError('customer', ['draft', 'customerId']);
    const priced = await this.price(tx, { ...draft, at: ['draft', 'lines'] }, reference);
    const { price, taxNames, shipping } = priced;
    if (!shipping) throw new NotFoundError('delivery to this country', ['draft', 'shippingMethodId']);
    if (price.discount < discount)
      throw new InvalidInputError('The discount is more than the goods cost.', ['draft', 'discount']);
    const fallback = reference.defaultLanguage;
    return {
      ...details,
      language,
      userId: customerId,
      shippingMethodName: localized(shipping.method.name, language, fallback) ?? '',
      lines: toOrderLines(priced.lines, price, { language, fallback }),
      price,
      taxNames,
    };
  }

  /**
   * The lines of a locked draft, if they still cost what it says.
   * @throws PriceChangedError with what they cost now | NotFoundError for what is no longer sold
   */
  async unchangedLines(tx: Tx, draft: OrderEntity, reference: Reference): Promise<OrderLineEntity[]> {
    const lines = await tx.rows(linesByOrder, { ids: [draft.id] });
    const { shippingMethodId, discount, shippingAddress } = draft;
    const { countryCode } = shippingAddress;
    const { price, shipping } = await this.price(
      tx,
      { countryCode, shippingMethodId, lines, discount },
      reference,
    );
    if (!shipping) throw new NotFoundError('delivery to this country', ['orderId']);
    const isSame =
      price.total.gross === draft.totalGross &&
      price.total.net === draft.totalNet &&
      price.lines.every(({ gross }, i) => gross === lines[i]?.totalGross);
    if (!isSame) throw new PriceChangedError(money(price.total.gross, draft.currency), ['orderId']);
    return lines;
  }
}
