import type {
  AddressInput,
  DraftOrderInput,
  DraftOrderPreviewInput,
  EditableOrderQuery,
  LanguageCode,
  OrderEditingAddressFragment,
} from '../generated/order-editing/graphql';
import { parsePrice } from '../ui/money';
import { linesOf, shownLines, wantedLines } from './order-lines';
import type { LinesState } from './order-lines';

/** A draft as it is stored; its customer is null for a guest, and for staff who may not see customers. */
export type SavedDraft = NonNullable<EditableOrderQuery['order']>;

/** A draft as it is entered: what the API takes, with the two addresses by the names of the form. */
export interface DraftValues extends LinesState {
  customerId: string;
  email: string;
  phone: string | null;
  language: LanguageCode;
  shipping: AddressInput;
  billsElsewhere: boolean;
  billing: AddressInput;
  shippingMethodId: string;
  /** What staff take off, in minor units; null for nothing. */
  discount: number | null;
  note: string | null;
}

/** An address as its fields hold it: empty texts for what is not there. */
export type AddressDraft = { [Key in keyof Required<AddressInput>]: string };
/** A draft as its fields hold it. */
export type DraftState = Omit<DraftValues, 'phone' | 'shipping' | 'billing' | 'discount' | 'note'> & {
  phone: string;
  shipping: AddressDraft;
  billing: AddressDraft;
  discount: string;
  note: string;
};

const NOBODY = { firstName: '', lastName: '', line1: '', city: '', postalCode: '' };

/** @param home the shop's own country, where addresses begin */
const emptyDraft = (language: LanguageCode, home: string): DraftValues => ({
  ...{ customerId: '', email: '', phone: null, language },
  ...{ shipping: { ...NOBODY, countryCode: home }, billing: { ...NOBODY, countryCode: home } },
  ...{ billsElsewhere: false, shippingMethodId: '', lines: [], added: [], discount: null, note: null },
});

interface Offered {
  readonly languages: readonly LanguageCode[];
  readonly defaultLanguage: LanguageCode;
}

/** The language to write to a buyer in: the shop may offer the buyer's own no longer. */
export const offeredLanguage = (wanted: LanguageCode, shop: Offered | null): LanguageCode =>
  !shop || shop.languages.includes(wanted) ? wanted : shop.defaultLanguage;

/** The form has one phone number, used for the contact and for the delivery. */
export function withoutPhone(address: AddressInput): AddressInput & { phone: null } {
  const { firstName, lastName, company, line1, line2, city, region, postalCode, countryCode } = address;
  const optional = { company: company ?? null, line2: line2 ?? null, region: region ?? null, phone: null };
  return { firstName, lastName, line1, city, postalCode, countryCode, ...optional };
}

/** A saved address as the fields hold it. */
export function toAddressDraft(address: Omit<OrderEditingAddressFragment, '__typename'>): AddressDraft {
  const { company, line2, region, ...others } = withoutPhone(address);
  return { ...others, company: company ?? '', line2: line2 ?? '', region: region ?? '', phone: '' };
}

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The values of a draft, or of a new one for undefined. */
export function draftValues(saved: SavedDraft | undefined, shop: Offered, home: string): DraftValues {
  if (!saved) return emptyDraft(shop.defaultLanguage, home);
  const shipping = withoutPhone(saved.shippingAddress);
  const billing = withoutPhone(saved.billingAddress);
  // What a plugin takes off is not the discount that staff give.
  const given = saved.adjustments.find(({ code }) => code === 'STAFF_DISCOUNT')?.amount.amount ?? 0;
  return {
    ...linesOf(saved),
    ...{ customerId: saved.customer?.id ?? '', email: saved.email },
    phone: saved.shippingAddress.phone ?? saved.phone ?? null,
    language: offeredLanguage(saved.language, shop),
    shipping,
    billsElsewhere: !same(shipping, billing),
    billing: { ...billing, phone: saved.billingAddress.phone ?? null },
    shippingMethodId: saved.shippingMethodId ?? '',
    discount: given || null,
    note: saved.note ?? null,
  };
}

/** The input of the price preview. Null while there is no line, or the discount cannot be read. */
export function previewInput(
  state: DraftState,
  saved: SavedDraft | undefined,
  currency: string,
): DraftOrderPreviewInput | null {
  const lines = wantedLines(shownLines(state, saved));
  const discount = state.discount.trim() === '' ? 0 : parsePrice(state.discount, currency);
  if (lines.length === 0 || discount === null) return null;
  const { countryCode, region, postalCode } = state.shipping;
  return {
    ...{ orderId: saved?.id ?? null, countryCode, lines, discount },
    // A county or a postal code may have a price of its own.
    ...{ region: region || null, postalCode: postalCode || null },
    shippingMethodId: state.shippingMethodId || null,
  };
}

export function toDraftInput(values: DraftValues, saved: SavedDraft | undefined): DraftOrderInput {
  const { email, phone, language, customerId, shipping, billsElsewhere, billing, discount, note } = values;
  return {
    ...{ email, phone, language, note, customerId: customerId || null, discount: discount ?? 0 },
    shippingAddress: { ...shipping, phone },
    billingAddress: billsElsewhere ? billing : null,
    shippingMethodId: values.shippingMethodId,
    lines: wantedLines(shownLines(values, saved)),
  };
}
