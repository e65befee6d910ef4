import type { RouteLocationRaw } from 'vue-router';
import { currencyExponent, formatMoney, toDecimal } from '@vitrine/client/money';
import type { AuditRowFragment } from '../generated/audit/graphql';
import { exactDate } from '../ui/dates';
import type { Tools } from '../ui/useTools';

export type AuditChange = AuditRowFragment['changes'][number];

interface Words {
  readonly t: Tools['t'];
  readonly te: (key: string) => boolean;
  readonly locale: string;
  readonly currency: string;
}

/** Operations, types and fields of plugins, and of a newer API, have no words here: their name stands for itself. */
const named =
  (group: 'operation' | 'entity' | 'record' | 'field') =>
  (name: string, { t, te }: Pick<Words, 't' | 'te'>): string =>
    te(`audit.${group}.${name}`) ? t(`audit.${group}.${name}`) : name;

export const operationName = named('operation');
export const entityName = named('entity');
export const recordName = named('record');

/** `name.ro` is the name, in Romanian. */
export function fieldName(field: string, words: Words): string {
  const [column = '', ...parts] = field.split('.');
  return [named('field')(column, words), ...parts].join(' · ');
}

/** Columns with amounts in minor units of the shop's currency. */
const AMOUNTS = new Set([
  ...['price', 'compare_at_price', 'free_from', 'amount', 'tax', 'discount', 'refunded', 'unit_price'],
  ...['total_net', 'total_gross', 'subtotal_net', 'subtotal_gross', 'shipping_net', 'shipping_gross'],
  ...['charges_net', 'charges_gross', 'charges_amount', 'shipping_amount', 'shipping_tax', 'tendered'],
  ...['captured_amount', 'accepted_amount', 'difference', 'traded'],
]);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value as a reader knows it; null for none. */
export function valueText(field: string, value: string | null | undefined, words: Words): string | null {
  if (value === null || value === undefined || value === '' || value === '[]' || value === '{}') return null;
  if (value === 'true' || value === 'false') return words.t(`audit.${value === 'true' ? 'yes' : 'no'}`);
  if (AMOUNTS.has(field) && /^-?\d+$/.test(value))
    return formatMoney(
      { currency: words.currency, decimal: toDecimal(Number(value), currencyExponent(words.currency)) },
      words.locale,
    );
  if (MOMENT.test(value)) return exactDate(value, words.locale);
  const length = value.startsWith('{') && value.includes('"sha256"') && /"length": ?(\d+)/.exec(value)?.[1];
  return length ? words.t('audit.longText', { length }) : value;
}

const PAGES: Readonly<Record<string, string>> = {
  Product: 'product',
  Category: 'category',
  Order: 'order',
  Return: 'return',
  Customer: 'customer',
};

/** The page of what was changed; null where it has none. */
export function entityPage({ entityType, entityId }: AuditChange): RouteLocationRaw | null {
  if (!entityId) return null;
  const page = PAGES[entityType];
  return page === undefined ? null : { name: page, params: { id: entityId } };
}

/** The types that an entry is about, each once, in the order of its writes. */
export function entitiesOf({ changes }: AuditRowFragment): AuditChange[] {
  const seen = new Set<string>();
  return changes.filter(({ entityType, entityId, entityCode }) => {
    const key = `${entityType} ${entityId ?? entityCode ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}
