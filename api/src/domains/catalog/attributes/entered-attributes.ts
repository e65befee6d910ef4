import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import { UnitMismatchError } from '../catalog.errors.js';
import { cleanText } from '../products/safe-html.js';
import { tidyUnit } from './attribute-rules.js';
import type { AttributeEntryInput, AttributeTextInput } from './attribute-entry.input.js';
import type { AttributeData, AttributeDatum, AttributeLevelName } from './attribute.entity.js';
import { everyAttribute } from './attribute.statements.js';

const MOST_NUMBER = 1e12;

/** What a product or variant has of attributes, as stored. */
export interface StoredAttributes {
  readonly attributeValueIds: string[];
  readonly attributeData: AttributeData;
}

/** Of a new product or variant. */
export const NO_ATTRIBUTES: StoredAttributes = { attributeValueIds: [], attributeData: {} };

interface Entered {
  readonly level: AttributeLevelName;
  /** The whole list of values of the product; undefined to keep them. */
  readonly valueIds?: readonly string[] | null | undefined;
  readonly entries?: readonly AttributeEntryInput[] | null | undefined;
  readonly path: readonly string[];
}

type Known = Awaited<ReturnType<typeof knownAttributes>>[number];

const FIELDS = {
  ...{ ENUM: 'valueIds', COLOR: 'valueIds', NUMBER: 'number', BOOLEAN: 'flag', DATE: 'day' },
  TEXT: 'translations',
} as const;

/**
 * The columns of what staff entered; attributes that are not named keep what is stored. The caller holds the terms
 * (`holdTerms`), and reads them here: what is cached of them may be about to change.
 *
 * @throws InvalidInputError for a field of another kind, an attribute of another level, and both answers of a question
 * @throws UnitMismatchError, NotFoundError
 */
export async function enteredAttributes(
  tx: Tx,
  stored: StoredAttributes,
  { level, valueIds, entries, path }: Entered,
): Promise<Partial<StoredAttributes>> {
  if (!valueIds && !entries) return {};
  const known = (await knownAttributes(tx)).filter((attribute) => attribute.level === level);
  const chosen = new Set(valueIds ? wholeList(valueIds, known) : stored.attributeValueIds);
  const data: Record<string, AttributeDatum> = { ...stored.attributeData };
  (entries ?? []).forEach((entry, index) => {
    const at = [...path, 'attributes', String(index)];
    const attribute = known.find(({ id }) => id === localId('atrb', entry.attributeId));
    if (!attribute) throw new NotFoundError(`attribute of this level`, [...at, 'attributeId']);
    assertOwnField(attribute, entry, at);
    for (const { id } of attribute.values) chosen.delete(id);
    for (const id of chosenValues(attribute, entry, at)) chosen.add(id);
    const datum = datumOf(attribute, entry, data[attribute.id]?.text ?? {}, at);
    if (datum) data[attribute.id] = datum;
    else delete data[attribute.id];
  });
  assertOneAnswer(known, chosen, path);
  return { attributeValueIds: [...chosen], attributeData: data };
}

/** @throws InvalidInputError for both "yes" and "no" */
function assertOneAnswer(
  known: readonly Known[],
  chosen: ReadonlySet<string>,
  path: readonly string[],
): void {
  const hasBoth = known.some(
    ({ kind, values }) => kind === 'BOOLEAN' && values.filter(({ id }) => chosen.has(id)).length > 1,
  );
  if (hasBoth) throw new InvalidInputError('Yes or no, not both.', [...path, 'attributeValueIds']);
}

const knownAttributes = (tx: Tx) => tx.rows(everyAttribute);

/** @throws NotFoundError for a value that is unknown, or of another level */
function wholeList(ids: readonly string[], known: readonly Known[]): string[] {
  const values = new Set(known.flatMap((attribute) => attribute.values.map(({ id }) => id)));
  return ids.map((id, index) => {
    const value = localId('attr', id);
    if (!value || !values.has(value))
      throw new NotFoundError('attribute value', ['attributeValueIds', String(index)]);
    return value;
  });
}

function assertOwnField({ kind }: Known, entry: AttributeEntryInput, at: readonly string[]): void {
  const own = FIELDS[kind];
  const given = (['valueIds', 'number', 'flag', 'day', 'translations'] as const).find(
    (field) => field !== own && entry[field] != null,
  );
  if (given)
    throw new InvalidInputError(`An attribute of the kind ${kind} has no such field.`, [...at, given]);
}

/** @throws NotFoundError for a value of another attribute */
function chosenValues({ kind, values }: Known, entry: AttributeEntryInput, at: readonly string[]): string[] {
  if (kind === 'BOOLEAN' && entry.flag != null) {
    const code = entry.flag ? 'yes' : 'no';
    return values.flatMap((value) => (value.code === code ? [value.id] : []));
  }
  return (entry.valueIds ?? []).map((id, index) => {
    const value = values.find((one) => one.id === localId('attr', id));
    if (!value) throw new NotFoundError('attribute value', [...at, 'valueIds', String(index)]);
    return value.id;
  });
}

function datumOf(
  { kind, unit }: Known,
  { number, unit: given, day, translations }: AttributeEntryInput,
  stored: LocalizedText,
  at: readonly string[],
): AttributeDatum | null {
  if (kind === 'DATE') return day ? { day } : null;
  if (kind === 'TEXT') return textOf(stored, translations);
  if (kind !== 'NUMBER' || number == null) return null;
  if (Math.abs(number) > MOST_NUMBER)
    throw new InvalidInputError('A number between ±1,000,000,000,000.', [...at, 'number']);
  if (given != null && tidyUnit(given) !== unit) throw new UnitMismatchError(unit, [...at, 'unit']);
  return { number };
}

function textOf(
  stored: LocalizedText,
  translations: readonly AttributeTextInput[] | null | undefined,
): AttributeDatum | null {
  if (!translations?.length) return null;
  const text = { ...stored };
  for (const { locale, text: given } of translations) {
    const clean = cleanText(given);
    if (clean) text[locale] = clean;
    else delete text[locale];
  }
  return Object.keys(text).length > 0 ? { text } : null;
}
