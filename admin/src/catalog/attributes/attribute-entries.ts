import { z } from 'zod';
import type {
  CatalogChoicesQuery,
  EntryOfAttributeFragment,
  LanguageCode,
} from '../../generated/catalog/graphql';

export type AttributeChoice = CatalogChoicesQuery['attributes'][number];

/** What a product or variant has of one attribute: the field of its kind; nothing stands in the list for nothing. */
export interface AttributeEntry {
  attributeId: string;
  valueIds?: string[];
  number?: number;
  flag?: boolean;
  day?: string;
  translations?: { locale: LanguageCode; text: string }[];
}

const entrySchema = z.object({
  attributeId: z.string(),
  valueIds: z.array(z.string()).optional(),
  number: z.number().optional(),
  flag: z.boolean().optional(),
  day: z.string().optional(),
  translations: z.array(z.object({ locale: z.custom<LanguageCode>(), text: z.string() })).optional(),
});
export const entriesSchema = (): z.ZodType<AttributeEntry[]> =>
  z.array(entrySchema) as unknown as z.ZodType<AttributeEntry[]>;

/** The entries of what the API says that a product or variant has. */
export function entriesOf(attributes: readonly EntryOfAttributeFragment[]): AttributeEntry[] {
  return attributes.map(({ id: attributeId, kind, values, number, day, textTranslations }) => {
    if (kind === 'BOOLEAN') return { attributeId, flag: values.some(({ code }) => code === 'yes') };
    if (kind === 'NUMBER') return { attributeId, number: number ?? 0 };
    if (kind === 'DATE') return { attributeId, day: day ?? '' };
    if (kind === 'TEXT')
      return {
        attributeId,
        translations: (textTranslations ?? []).map(({ locale, text }) => ({ locale, text })),
      };
    return { attributeId, valueIds: values.map(({ id }) => id) };
  });
}

/** What to send so that the entries become these: those that differ, and an empty one for each that is gone. */
export function changedEntries(
  now: readonly AttributeEntry[],
  before: readonly AttributeEntry[],
): AttributeEntry[] {
  const stored = new Map(before.map((entry) => [entry.attributeId, entry]));
  const changed = now
    .filter(
      (entry) => JSON.stringify(sorted(entry)) !== JSON.stringify(sorted(stored.get(entry.attributeId))),
    )
    .map((entry) => ({ ...entry, ...cleared(entry, stored.get(entry.attributeId)) }));
  const kept = new Set(now.map(({ attributeId }) => attributeId));
  const gone = before.filter(({ attributeId }) => !kept.has(attributeId));
  return [...changed, ...gone.map(({ attributeId }) => ({ attributeId }))];
}

/** A language that was emptied is sent empty: one that is left out stays. */
function cleared(
  { translations }: AttributeEntry,
  before: AttributeEntry | undefined,
): Pick<AttributeEntry, 'translations'> {
  if (!translations) return {};
  const written = new Set(translations.map(({ locale }) => locale));
  const emptied = (before?.translations ?? []).filter(({ locale }) => !written.has(locale));
  return { translations: [...translations, ...emptied.map(({ locale }) => ({ locale, text: '' }))] };
}

const sorted = (entry: object = {}): object => Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));

/** The list with another entry of one attribute; undefined takes it out. */
export function withEntry(
  entries: readonly AttributeEntry[],
  attributeId: string,
  entry: Omit<AttributeEntry, 'attributeId'> | undefined,
): AttributeEntry[] {
  const others = entries.filter((one) => one.attributeId !== attributeId);
  return entry ? [...others, { attributeId, ...entry }] : others;
}

/** The attributes that are suggested for the categories, in their order, and all others by name. */
export function bySuggestion(
  attributes: readonly AttributeChoice[],
  categoryIds: readonly string[],
): { suggested: AttributeChoice[]; others: AttributeChoice[] } {
  const isSuggested = ({ categories }: AttributeChoice): boolean =>
    (categories ?? []).some(({ id }) => categoryIds.includes(id));
  return {
    suggested: attributes.filter(isSuggested),
    others: attributes
      .filter((attribute) => !isSuggested(attribute))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}
