import { readEmailAddress } from '@vitrine/api/email-address';
import { z } from 'zod';
import type {
  AddressInput,
  OrderEditingAddressFragment,
  EditableOrderFragment,
  DraftOrderInput,
  DraftOrderPreviewInput,
  LanguageCode,
} from '../generated/order-editing/graphql';
import { CONTENT_LANGUAGES } from '../app/content-languages';
import { messagesFor } from '../app/error-messages';
import type { UserError } from '../app/user-errors';
import type { FieldError } from '../ui/forms/fields/field-errors';
import { parsePrice, priceText } from '../ui/money';

export interface DraftLine {
  variantId: string;
  product: string;
  variant: string;
  sku: string;
  imageUrl: string;
  quantity: number;
}

export interface AddressDraft {
  firstName: string;
  lastName: string;
  company: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  countryCode: string;
  phone: string;
}

export interface OrderDraft {
  customerId: string;
  email: string;
  phone: string;
  language: LanguageCode;
  shipping: AddressDraft;
  billsElsewhere: boolean;
  billing: AddressDraft;
  shippingMethodId: string;
  lines: DraftLine[];
  discount: string;
  note: string;
}

export const MOST_OF_A_LINE = 999;

const emptyAddress = (countryCode: string): AddressDraft => ({
  firstName: '',
  lastName: '',
  company: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postalCode: '',
  countryCode,
  phone: '',
});

/** @param home the shop's own country, where addresses begin */
export const emptyDraft = (language: LanguageCode, home: string): OrderDraft => ({
  customerId: '',
  email: '',
  phone: '',
  language,
  shipping: emptyAddress(home),
  billsElsewhere: false,
  billing: emptyAddress(home),
  shippingMethodId: '',
  lines: [],
  discount: '',
  note: '',
});

/** The language to write to a buyer in: the shop may offer the buyer's own no longer. */
export function offeredLanguage(
  wanted: LanguageCode,
  shop: { readonly languages: readonly LanguageCode[]; readonly defaultLanguage: LanguageCode } | null,
): LanguageCode {
  return !shop || shop.languages.includes(wanted) ? wanted : shop.defaultLanguage;
}

export function toAddressDraft(address: Omit<OrderEditingAddressFragment, '__typename'>): AddressDraft {
  const { firstName, lastName, line1, city, postalCode, countryCode } = address;
  const { company, line2, region, phone } = address;
  return {
    ...{ firstName, lastName, line1, city, postalCode, countryCode },
    ...{ company: company ?? '', line2: line2 ?? '', region: region ?? '', phone: phone ?? '' },
  };
}

/** The form has one phone number, used for the contact and for the delivery. */
export const withoutPhone = (address: AddressDraft): AddressDraft => ({ ...address, phone: '' });

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The form values of a saved draft. Its shipping method is found by name once the prices are known. */
export function toDraft(
  order: EditableOrderFragment,
  customerId: string,
  spelling: { currency: string; language: string },
): OrderDraft {
  const shipping = withoutPhone(toAddressDraft(order.shippingAddress));
  const billing = toAddressDraft(order.billingAddress);
  // What a plugin takes off is not the discount that staff give.
  const amount = order.adjustments.find(({ code }) => code === 'STAFF_DISCOUNT')?.amount.amount ?? 0;
  return {
    customerId,
    email: order.email,
    phone: order.shippingAddress.phone ?? order.phone ?? '',
    language: order.language,
    shipping,
    billsElsewhere: !same(shipping, withoutPhone(billing)),
    billing,
    shippingMethodId: '',
    lines: order.lines.flatMap((line) => (line.variant ? [toLine(line, line.variant.id)] : [])),
    discount: amount > 0 ? priceText(amount, spelling.currency, spelling.language) : '',
    note: order.note ?? '',
  };
}

const toLine = (line: EditableOrderFragment['lines'][number], variantId: string): DraftLine => ({
  variantId,
  product: line.productName,
  variant: line.variantName,
  sku: line.sku,
  imageUrl: line.image?.url ?? '',
  quantity: line.quantity,
});

/** Increases the quantity of an existing line by one, else adds a line. */
export function addLine(lines: readonly DraftLine[], added: DraftLine): DraftLine[] {
  if (!lines.some(({ variantId }) => variantId === added.variantId)) return [...lines, added];
  return lines.map((line) =>
    line.variantId === added.variantId
      ? { ...line, quantity: Math.min(MOST_OF_A_LINE, line.quantity + added.quantity) }
      : line,
  );
}

export const wantedLines = (lines: readonly DraftLine[]): { variantId: string; quantity: number }[] =>
  lines.filter(({ quantity }) => quantity > 0).map(({ variantId, quantity }) => ({ variantId, quantity }));

const discountOf = (text: string, currency: string): number | null =>
  text.trim() === '' ? 0 : parsePrice(text, currency);

/** The input of the price preview; `orderId` of a saved draft. Null while there is no line, or the discount cannot be parsed. */
export function previewInput(
  draft: OrderDraft,
  currency: string,
  orderId: string | null = null,
): DraftOrderPreviewInput | null {
  const lines = wantedLines(draft.lines);
  const discount = discountOf(draft.discount, currency);
  if (lines.length === 0 || discount === null) return null;
  return {
    orderId,
    countryCode: draft.shipping.countryCode,
    shippingMethodId: draft.shippingMethodId || null,
    lines,
    discount,
  };
}

function toAddress(draft: AddressDraft): AddressInput {
  const { firstName, lastName, line1, city, postalCode, countryCode } = draft;
  const { company, line2, region, phone } = draft;
  const optional = { company, line2, region, phone };
  const filled = Object.fromEntries(
    Object.entries(optional).map(([key, text]) => [key, text.trim() || null]),
  );
  return { firstName, lastName, line1, city, postalCode, countryCode, ...filled };
}

export function toDraftInput(draft: OrderDraft, currency: string): DraftOrderInput {
  return {
    email: draft.email.trim(),
    phone: draft.phone.trim() || null,
    language: draft.language,
    customerId: draft.customerId || null,
    shippingAddress: toAddress({ ...draft.shipping, phone: draft.phone }),
    billingAddress: draft.billsElsewhere ? toAddress(draft.billing) : null,
    shippingMethodId: draft.shippingMethodId,
    lines: wantedLines(draft.lines),
    discount: discountOf(draft.discount, currency) ?? 0,
    note: draft.note.trim() || null,
  };
}

type Translate = (key: string) => string;

export function draftSchema(t: Translate, currency: string, billsElsewhere: boolean) {
  const needed = z.string().trim().min(1, t('draft.missing'));
  const address = z.object({
    firstName: needed,
    lastName: needed,
    company: z.string(),
    line1: needed,
    line2: z.string(),
    city: needed,
    region: z.string(),
    // The API validates what a country requires, because some have no postal codes.
    postalCode: z.string(),
    countryCode: needed,
    phone: z.string(),
  });
  return z.object({
    customerId: z.string(),
    email: z
      .string()
      .trim()
      .refine((text) => readEmailAddress(text) !== null, t('draft.emailInvalid')),
    phone: z.string(),
    language: z.enum(CONTENT_LANGUAGES),
    shipping: address,
    billsElsewhere: z.boolean(),
    billing: billsElsewhere ? address : z.looseObject({}),
    shippingMethodId: z.string().min(1, t('draft.methodMissing')),
    lines: z.array(z.looseObject({ quantity: z.number() })).min(1, t('draft.linesMissing')),
    discount: z.string().refine((text) => discountOf(text, currency) !== null, t('product.priceInvalid')),
    note: z.string(),
  });
}

/** Errors of the server by form field; errors without a field are shown above the form. */
export function sortErrors(userErrors: readonly UserError[]): { fields: FieldError[]; general: string[] } {
  const sorted = { fields: [] as FieldError[], general: [] as string[] };
  for (const userError of userErrors) {
    const path = (userError.path ?? []).filter((part) => part !== 'input' && part !== 'draft');
    const name = path
      .join('.')
      .replace(/^(shipping|billing)Address\./, '$1.')
      .replace(/^shipping\.phone$/, 'phone');
    const code =
      userError.code === 'INVALID_INPUT' ? (OF_FIELD[path.at(-1) ?? ''] ?? userError.code) : userError.code;
    const message = messagesFor({ ...userError, code });
    if (FIELDS.test(name)) sorted.fields.push({ name, message });
    else sorted.general.push(message);
  }
  return sorted;
}

const FIELDS = /^(email|phone|discount|note|shippingMethodId|(shipping|billing)\.\w+)$/;
/** Codes that are more specific than INVALID_INPUT, by field. */
const OF_FIELD: Readonly<Record<string, string>> = {
  postalCode: 'INVALID_POSTAL_CODE',
  countryCode: 'INVALID_COUNTRY',
  phone: 'INVALID_PHONE',
};
