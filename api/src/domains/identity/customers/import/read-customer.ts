import type { Language } from '../../../../kernel/languages.js';
import type { ImportRow, ImportRowError } from '../../../../platform/imports/define-import.js';
import { cleanTags } from '../customer-tags.js';
import { personName } from '../person-name.js';
import { readPhone } from '../read-address.js';
import { LONGEST_TAG, MOST_TAGS } from '../upkeep/customer-changes.input.js';
import type { customersImport } from './customers.import.js';

export type Row = ImportRow<typeof customersImport.columns>;

/** What a row says of a customer; what its cells leave empty stays. */
export interface Said {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly language?: Language;
  readonly tags?: string[];
}

export interface Shop {
  readonly homeCountry: string;
  /** Of a new guest whose row gives none. */
  readonly language: Language;
  /** Those that buyers read. */
  readonly offered: readonly Language[];
}

/**
 * Reads the cells of a row.
 *
 * @param present the language that the customer has, which may be one that buyers do not read any more
 */
export function readRow(
  row: Row,
  { homeCountry, offered }: Shop,
  present: Language | undefined,
): { said: Said; errors: ImportRowError[] } {
  const phone = readPhone(row.phone, homeCountry);
  const language = row.language?.toLowerCase() as Language | undefined;
  const tags = row.tags === null ? null : cleanTags([row.tags]);
  const firstName = row.first_name && personName(row.first_name);
  const lastName = row.last_name && personName(row.last_name);
  const errors: ImportRowError[] = [
    ...(row.phone !== null && !phone ? [{ column: 'phone', code: 'INVALID_PHONE' as const }] : []),
    ...(language && language !== present && !offered.includes(language)
      ? [{ column: 'language', code: 'LANGUAGE_NOT_OFFERED' as const }]
      : []),
    ...(tags && (tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST_TAG))
      ? [{ column: 'tags', code: 'TEXT_TOO_LONG' as const }]
      : []),
  ];
  return {
    errors,
    said: {
      ...(firstName && { firstName }),
      ...(lastName && { lastName }),
      ...(phone && { phone }),
      ...(language && { language }),
      ...(tags && { tags }),
    },
  };
}
