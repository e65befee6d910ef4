import type { Client, OperationResult, TypedDocumentNode } from '@urql/core';
import { z } from 'zod';
import {
  BrandSettingsUpdateDocument,
  ContactSettingsUpdateDocument,
  HoldsSettingsUpdateDocument,
  LanguagesSettingsUpdateDocument,
  RegionalSettingsUpdateDocument,
  InvoicingSettingsUpdateDocument,
  PaymentsSettingsUpdateDocument,
  ReturnsSettingsUpdateDocument,
  SellerSettingsUpdateDocument,
  ShopSettingsUpdateDocument,
  StockSettingsUpdateDocument,
} from '../generated/settings/graphql';
import type { SettingsQuery } from '../generated/settings/graphql';
import { CONTENT_LANGUAGES } from '../app/content-languages';
import type { UserError } from '../app/user-errors';
import type { SettingsPageKey } from './settings-pages';

export type StoredSettings = SettingsQuery['settings'];

/** An image is its address, as it is stored. */
type Value = string | number | boolean | readonly string[] | { readonly url: string } | null;
/** The values of a form: lists are written as lines, or chosen. An image is its address, or the id of its upload. */
export type SettingsDraft = Record<string, string | number | string[]>;

interface FieldKind {
  /**
   * `optional` text may stay empty: nothing is published then. `choices` are some of a few, whose names are in
   * `settings.GROUP.choices`; of `languages` they are known.
   */
  readonly kind:
    | 'text'
    | 'color'
    | 'image'
    | 'optional'
    | 'lines'
    | 'number'
    | 'choices'
    | 'country'
    | 'currency'
    | 'timeZone'
    | 'languages'
    | 'language';
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
  readonly key: SettingsPageKey;
  readonly fields: readonly SettingsField[];
  readonly send: (
    client: Client,
    values: Readonly<Record<string, Value>>,
    expectedVersion: number,
  ) => Promise<OperationResult<Outcome>>;
}

/** A group whose form has exactly the fields of its mutation. */
function group<Input extends { expectedVersion?: number | null }>(
  key: SettingsPageKey,
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
  }),
  group('regional', RegionalSettingsUpdateDocument, {
    currency: { kind: 'currency', lockedBy: 'isCurrencyLocked' },
    homeCountry: { kind: 'country' },
    timeZone: { kind: 'timeZone' },
  }),
  group('languages', LanguagesSettingsUpdateDocument, {
    offered: { kind: 'languages', choices: CONTENT_LANGUAGES },
    defaultLanguage: { kind: 'language' },
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
  group('payments', PaymentsSettingsUpdateDocument, {
    methods: { kind: 'choices', choices: ['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'] },
    transferHolder: { kind: 'optional', most: 70 },
    transferIban: { kind: 'optional', most: 50 },
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

export function toDraft({ key, fields }: SettingsGroup, settings: StoredSettings): SettingsDraft {
  const stored: Readonly<Record<string, Value | undefined>> = { ...settings[key] };
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = stored[name] ?? '';
      if (kind === 'image') return [name, (value as { url?: string }).url ?? ''];
      if (!Array.isArray(value)) return [name, value as string | number];
      return [name, kind === 'lines' ? value.join('\n') : [...value]];
    }),
  );
}

/** Whether the stored settings say that this field stays. */
export function isLocked(
  { key }: SettingsGroup,
  { lockedBy }: SettingsField,
  settings: StoredSettings,
): boolean {
  const stored: Readonly<Record<string, Value | undefined>> = { ...settings[key] };
  return lockedBy !== undefined && stored[lockedBy] === true;
}

/**
 * What the mutation takes: trimmed, empty lines left out, and null for what is not published. An image that stays is
 * left out.
 */
export function toInput({ fields }: SettingsGroup, draft: SettingsDraft): Record<string, Value> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const value = draft[name] ?? '';
      if (kind === 'image' && isKeptImage(value)) return [];
      return [[name, inputOf(kind, value)]];
    }),
  );
}

/** The address of an image stays as it is; an upload replaces it, and nothing removes it. */
function isKeptImage(value: SettingsDraft[string]): boolean {
  return value !== '' && !isUpload(value);
}

export const isUpload = (value: unknown): boolean => String(value).startsWith('upl_');

function inputOf(kind: FieldKind['kind'], value: SettingsDraft[string]): Value {
  if (typeof value !== 'string') return value;
  if (kind === 'lines') return linesOf(value);
  const mayBeEmpty = kind === 'optional' || kind === 'image';
  return mayBeEmpty && value.trim() === '' ? null : value.trim();
}

/** No stricter than the API, which decides about the rest. */
export function schemaOf({ fields }: SettingsGroup, missing: string, wholeNumber: string) {
  const kinds = {
    text: z.string().trim().min(1, missing),
    optional: z.string(),
    color: z.string().trim().min(1, missing),
    image: z.string(),
    lines: z.string(),
    number: z.int(wholeNumber),
    country: z.string().min(1, missing),
    currency: z.string().min(1, missing),
    timeZone: z.string().min(1, missing),
    language: z.string().min(1, missing),
    choices: z.array(z.string()).min(1, missing),
    languages: z.array(z.string()).min(1, missing),
  };
  return z.object(Object.fromEntries(fields.map(({ name, kind }) => [name, kinds[kind]])));
}

/** The field of an error: the path of a list names the line, the form has one field for all lines. */
export function fieldOf({ fields }: SettingsGroup, { path }: UserError): string | null {
  return fields.find(({ name }) => path?.includes(name))?.name ?? null;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
