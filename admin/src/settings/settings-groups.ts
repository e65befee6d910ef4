import type { TypedDocumentNode } from '@urql/core';
import { z } from 'zod';
import {
  ContactSettingsUpdateDocument,
  InvoicingSettingsUpdateDocument,
  ReturnsSettingsUpdateDocument,
  SellerSettingsUpdateDocument,
  ShopSettingsUpdateDocument,
} from '../generated/settings/graphql';
import type { SettingsQuery } from '../generated/settings/graphql';
import type { UserError } from '../app/user-errors';

export type StoredSettings = SettingsQuery['settings'];
export type GroupKey = Exclude<keyof StoredSettings, '__typename'>;

/** The values of a form: lists are written as lines. */
export type SettingsDraft = Record<string, string | number>;

interface SettingsField {
  readonly name: string;
  /** `optional` text may stay empty: nothing is published then. */
  readonly kind: 'text' | 'optional' | 'lines' | 'days';
  readonly most?: number;
  readonly type?: 'email' | 'tel';
  readonly autocomplete?: string;
}

interface Outcome {
  readonly outcome: { readonly errors: readonly UserError[] };
}

export interface SettingsGroup {
  readonly key: GroupKey;
  readonly icon: string;
  readonly fields: readonly SettingsField[];
  readonly document: TypedDocumentNode<Outcome, { input: never }>;
}

/** Every group of settings with its fields, in the order of the page. The form is drawn from this. */
export const SETTINGS_GROUPS: readonly SettingsGroup[] = [
  {
    key: 'shop',
    icon: 'i-lucide-store',
    fields: [{ name: 'name', kind: 'text', most: 80 }],
    document: ShopSettingsUpdateDocument,
  },
  {
    key: 'contact',
    icon: 'i-lucide-at-sign',
    fields: [
      { name: 'email', kind: 'optional', type: 'email', autocomplete: 'off' },
      { name: 'phone', kind: 'optional', type: 'tel', autocomplete: 'off', most: 40 },
      { name: 'links', kind: 'lines' },
    ],
    document: ContactSettingsUpdateDocument,
  },
  {
    key: 'seller',
    icon: 'i-lucide-landmark',
    fields: [
      { name: 'name', kind: 'text', most: 200 },
      { name: 'address', kind: 'lines' },
      { name: 'taxId', kind: 'text', most: 40 },
      { name: 'registrationNumber', kind: 'optional', most: 60 },
    ],
    document: SellerSettingsUpdateDocument,
  },
  {
    key: 'returns',
    icon: 'i-lucide-package-open',
    fields: [{ name: 'days', kind: 'days' }],
    document: ReturnsSettingsUpdateDocument,
  },
  {
    key: 'invoicing',
    icon: 'i-lucide-file-text',
    fields: [{ name: 'series', kind: 'text', most: 10 }],
    document: InvoicingSettingsUpdateDocument,
  },
];

export function toDraft({ key, fields }: SettingsGroup, settings: StoredSettings): SettingsDraft {
  const stored = settings[key] as unknown as Record<string, string | number | string[] | null>;
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = stored[name] ?? null;
      return [name, Array.isArray(value) ? value.join('\n') : (value ?? '')];
    }),
  );
}

/** What the mutation takes: trimmed, empty lines left out, and null for what is not published. */
export function toInput({ fields }: SettingsGroup, draft: SettingsDraft): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = draft[name] ?? '';
      if (kind === 'days') return [name, value];
      const text = String(value);
      if (kind === 'lines') return [name, linesOf(text)];
      return [name, kind === 'optional' && text.trim() === '' ? null : text.trim()];
    }),
  );
}

/** No stricter than the API, which decides about the rest. */
export function schemaOf({ fields }: SettingsGroup, missing: string, wholeNumber: string) {
  return z.object(
    Object.fromEntries(
      fields.map(({ name, kind }) => [
        name,
        kind === 'days'
          ? z.int(wholeNumber)
          : kind === 'text'
            ? z.string().trim().min(1, missing)
            : z.string(),
      ]),
    ),
  );
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
