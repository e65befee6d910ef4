import type { Client, OperationResult, TypedDocumentNode } from '@urql/core';
import {
  BrandSettingsUpdateDocument,
  ContactSettingsUpdateDocument,
  HoldsSettingsUpdateDocument,
  HolidaySettingsUpdateDocument,
  RegionalSettingsUpdateDocument,
  InvoicingSettingsUpdateDocument,
  PaymentsSettingsUpdateDocument,
  ReturnsSettingsUpdateDocument,
  SellerSettingsUpdateDocument,
  ShopSettingsUpdateDocument,
  StockSettingsUpdateDocument,
  TaxSettingsUpdateDocument,
} from '../generated/settings/graphql';
import type { SettingsQuery } from '../generated/settings/graphql';
import type { UserError } from '../app/user-errors';
import type { SettingsFormKey } from './settings-pages';

export type StoredSettings = SettingsQuery['settings'];

/** A value of a setting as its mutation takes it. */
export type SettingsValue = string | number | boolean | readonly string[] | readonly object[] | null;

interface FieldKind {
  /**
   * `optional` text may stay empty: nothing is published then. `choices` are some of a few, whose names are in
   * `settings.GROUP.choices`. `sentences` are one in each language, called `message`.
   */
  readonly kind:
    | 'text'
    | 'color'
    | 'image'
    | 'libraryImage'
    | 'optional'
    | 'lines'
    | 'number'
    | 'choices'
    | 'country'
    | 'currency'
    | 'timeZone'
    | 'moment'
    | 'day'
    | 'switch'
    | 'sentences';
  readonly most?: number;
  readonly type?: 'email' | 'tel';
  readonly choices?: readonly string[];
  /** The stored field that says whether this one stays; then `settings.GROUP.NAMELocked` says why. */
  readonly lockedBy?: string;
}
export interface SettingsField extends FieldKind {
  readonly name: string;
}

interface Outcome {
  readonly outcome: { readonly errors: readonly UserError[] };
}

export interface SettingsGroup {
  readonly key: SettingsFormKey;
  readonly fields: readonly SettingsField[];
  readonly send: (
    client: Client,
    values: Readonly<Record<string, SettingsValue>>,
    expectedVersion: number,
  ) => Promise<OperationResult<Outcome>>;
}

/** A group whose form has exactly the fields of its mutation. */
function group<Input extends { expectedVersion?: number | null }>(
  key: SettingsFormKey,
  document: TypedDocumentNode<Outcome, { input: Input }>,
  fields: { readonly [Name in Exclude<keyof Input & string, 'expectedVersion'>]-?: FieldKind },
): SettingsGroup {
  return {
    key,
    fields: Object.entries<FieldKind>(fields).map(([name, field]) => ({ name, ...field })),
    send: async (client, values, expectedVersion) => {
      // The values are named by `fields`, which are those of the input; the API checks what they are.
      const input = { ...values, expectedVersion } as unknown as Input;
      return client.mutation(document, { input }).toPromise();
    },
  };
}

/** Every group of settings with its fields. The form is drawn from this. */
export const SETTINGS_GROUPS: readonly SettingsGroup[] = [
  group('shop', ShopSettingsUpdateDocument, { name: { kind: 'text', most: 80 } }),
  group('brand', BrandSettingsUpdateDocument, {
    accent: { kind: 'color' },
    logo: { kind: 'image' },
    darkLogo: { kind: 'image' },
    icon: { kind: 'image' },
    shareImageId: { kind: 'libraryImage' },
  }),
  group('regional', RegionalSettingsUpdateDocument, {
    currency: { kind: 'currency', lockedBy: 'isCurrencyLocked' },
    homeCountry: { kind: 'country' },
    timeZone: { kind: 'timeZone' },
  }),
  group('contact', ContactSettingsUpdateDocument, {
    email: { kind: 'optional', type: 'email' },
    phone: { kind: 'optional', type: 'tel', most: 40 },
    links: { kind: 'lines' },
  }),
  group('seller', SellerSettingsUpdateDocument, {
    name: { kind: 'text', most: 200 },
    address: { kind: 'lines' },
    taxId: { kind: 'text', most: 40 },
    registrationNumber: { kind: 'optional', most: 60 },
  }),
  group('tax', TaxSettingsUpdateDocument, {
    payer: { kind: 'switch' },
    payerSince: { kind: 'day' },
    mention: { kind: 'sentences', most: 300 },
  }),
  group('payments', PaymentsSettingsUpdateDocument, {
    methods: { kind: 'choices', choices: ['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'] },
    transferHolder: { kind: 'optional', most: 70 },
    transferIban: { kind: 'optional', most: 50 },
  }),
  group('holiday', HolidaySettingsUpdateDocument, {
    from: { kind: 'moment' },
    until: { kind: 'moment' },
    translations: { kind: 'sentences', most: 300 },
  }),
  group('holds', HoldsSettingsUpdateDocument, {
    checkoutMinutes: { kind: 'number' },
    transferDays: { kind: 'number' },
    cartMinutes: { kind: 'number' },
  }),
  group('stock', StockSettingsUpdateDocument, { lowStockThreshold: { kind: 'number' } }),
  group('returns', ReturnsSettingsUpdateDocument, { days: { kind: 'number' } }),
  group('invoicing', InvoicingSettingsUpdateDocument, { series: { kind: 'text', most: 10 } }),
];
