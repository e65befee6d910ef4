import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t } from '../../../platform/database/database.js';

const RATE = {
  id: t.uuid,
  countryCode: t.text,
  taxClass: t.text,
  name: t.json<LocalizedText>(),
  rateBasisPoints: t.int,
  from: t.text.orNull,
  until: t.text.orNull,
  legalRef: t.text.orNull,
  version: t.int,
  createdAt: t.timestamp,
  updatedAt: t.timestamp,
};
const RATE_COLUMNS = `r.id, r.country_code AS "countryCode", r.tax_class AS "taxClass", r.name, r.rate_basis_points AS "rateBasisPoints",
     lower(r.validity)::text AS "from", upper(r.validity)::text AS "until", r.legal_ref AS "legalRef", r.version,
     r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;

/** A rate as it is stored, with the first day and the first day after it. */
export interface TaxRateRow {
  readonly id: string;
  readonly countryCode: string;
  readonly taxClass: string;
  readonly name: LocalizedText;
  readonly rateBasisPoints: number;
  readonly from: string | null;
  readonly until: string | null;
  readonly legalRef: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Of one country, or of all: latest first within a class. */
export const taxRates = statement('pricing.tax-rates', {
  params: { country: t.text.orNull },
  row: RATE,
  sql: `SELECT ${RATE_COLUMNS} FROM tax_rate r WHERE :country::text IS NULL OR r.country_code = :country
   ORDER BY r.country_code, r.tax_class, r.validity DESC`,
});
export const taxRateById = statement('pricing.tax-rate-by-id', {
  params: { id: t.uuid },
  row: RATE,
  sql: `SELECT ${RATE_COLUMNS} FROM tax_rate r WHERE r.id = :id`,
});
/** Requires the lock of the country. Earliest first. */
export const ratesOfClass = statement('pricing.tax-rates-of-class', {
  params: { country: t.text, taxClass: t.text },
  row: RATE,
  sql: `SELECT ${RATE_COLUMNS} FROM tax_rate r WHERE r.country_code = :country AND r.tax_class = :taxClass ORDER BY r.validity`,
});

/** Whoever writes a rate of the country has it until the transaction ends. */
export const lockCountry = statement('pricing.tax-lock-country', {
  params: { country: t.text },
  row: { code: t.text },
  sql: 'SELECT code FROM country WHERE code = :country FOR UPDATE',
});
/** A class that is not archived before the transaction ends. */
export const shareTaxClass = statement('pricing.tax-share-class', {
  params: { code: t.text },
  row: { isArchived: t.boolean },
  sql: 'SELECT archived_at IS NOT NULL AS "isArchived" FROM tax_class WHERE code = :code FOR SHARE',
});

export const insertTaxRate = statement('pricing.tax-rate-insert', {
  params: {
    ...{ id: t.uuid, country: t.text, taxClass: t.text, name: t.json<LocalizedText>(), basisPoints: t.int },
    ...{ from: t.dayText, until: t.dayText.orNull, legalRef: t.text.orNull },
  },
  sql: `INSERT INTO tax_rate (id, country_code, tax_class, name, rate_basis_points, validity, legal_ref)
   VALUES (:id, :country, :taxClass, :name, :basisPoints, daterange(:from::date, :until::date), :legalRef)`,
});
export const endTaxRate = statement('pricing.tax-rate-end', {
  params: { id: t.uuid, until: t.dayText.orNull },
  sql: `UPDATE tax_rate SET validity = daterange(lower(validity), :until::date), version = version + 1, updated_at = now() WHERE id = :id`,
});
export const deleteTaxRate = statement('pricing.tax-rate-delete', {
  params: { id: t.uuid },
  sql: 'DELETE FROM tax_rate WHERE id = :id',
});

const CLASS = {
  id: t.uuid,
  code: t.text,
  name: t.json<LocalizedText>(),
  isDefault: t.boolean,
  archivedAt: t.timestamp.orNull,
  version: t.int,
};
const CLASS_COLUMNS = `c.id, c.code, c.name, c.is_default AS "isDefault", c.archived_at AS "archivedAt", c.version`;

export interface TaxClassRow {
  readonly id: string;
  readonly code: string;
  readonly name: LocalizedText;
  readonly isDefault: boolean;
  readonly archivedAt: Date | null;
  readonly version: number;
}

export const taxClasses = statement('pricing.tax-classes', {
  row: CLASS,
  sql: `SELECT ${CLASS_COLUMNS} FROM tax_class c ORDER BY c.is_default DESC, c.code`,
});
export const taxClassById = statement('pricing.tax-class-by-id', {
  params: { id: t.uuid },
  row: CLASS,
  sql: `SELECT ${CLASS_COLUMNS} FROM tax_class c WHERE c.id = :id`,
});
export const countTaxClasses = statement('pricing.tax-class-count', {
  row: { count: t.int },
  sql: 'SELECT count(*) FROM tax_class',
});
/** Products of a class that are not archived. */
export const productsOfClass = statement('pricing.tax-class-products', {
  params: { codes: t.texts },
  row: { code: t.text, count: t.int },
  sql: `SELECT p.tax_class AS code, count(*) FROM product p WHERE p.tax_class = ANY(:codes) AND p.status <> 'ARCHIVED' GROUP BY p.tax_class`,
});
