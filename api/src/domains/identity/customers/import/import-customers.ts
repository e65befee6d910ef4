import { isDeepStrictEqual } from 'node:util';
import { readEmailAddress } from '../../../../kernel/email-address.js';
import { newId } from '../../../../kernel/ids.js';
import { LANGUAGES, type Language } from '../../../../kernel/languages.js';
import { columnsOf, statement, t, type Tx } from '../../../../platform/database/database.js';
import {
  handleImport,
  type HandledImport,
  type ImportRow,
  type ImportRowError,
  type ImportVerdict,
  type ReadRow,
} from '../../../../platform/imports/define-import.js';
import { CUSTOMER_ROW, CustomerEntity, type CustomerRow } from '../customer.entity.js';
import { lockAccount, updateAccount } from '../customer.statements.js';
import { CustomerStatus } from '../customer-status.js';
import { personName } from '../person-name.js';
import { readPhone } from '../read-address.js';
import { LONGEST_TAG, MOST_TAGS } from '../upkeep/customer-changes.input.js';
import { cleanTags } from '../upkeep/customer-upkeep.service.js';
import { customersImport } from './customers.import.js';

type Row = ImportRow<typeof customersImport.columns>;

/** What a row says of a customer; what its cells leave empty stays. */
interface Said {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly language?: Language;
  readonly tags?: string[];
}

/** Whom a row is about. */
interface Target {
  readonly email: string;
  /** Null for a new guest. */
  readonly customerId: string | null;
  readonly said: Said;
}

interface Shop {
  readonly homeCountry: string;
  /** Of a new guest whose row gives none. */
  readonly language: Language;
}

// An account goes before a guest with the same e-mail: what is written there is written for both.
const byEmail = statement('identity.customers-by-email', {
  params: { emails: t.texts },
  row: { ...CUSTOMER_ROW, asked: t.text },
  sql: `SELECT DISTINCT ON (a.email) ${columnsOf(CustomerEntity, 'c')}, a.email AS asked
   FROM unnest(:emails::text[]) AS a(email) JOIN customer c ON c.email_key = email_key(a.email)
   WHERE c.merged_into IS NULL AND c.status <> 'ERASED' ORDER BY a.email, c.user_id NULLS LAST`,
});

/*
 * Locks of a step: the job and the import before (`import-jobs.ts`), then row by row the account, where there is one, and
 * the customer, as in every change that staff make of one. Customers who were merged, erased or made staff since the check
 * are found out again under that lock and left alone. A guest who orders for the first time at that moment takes the
 * e-mail: the step is then done again, and changes that guest.
 */
export function importCustomers(shop: () => Promise<Shop>): HandledImport {
  return handleImport<typeof customersImport.columns, Target>(customersImport, {
    choices: () =>
      Promise.resolve({ language: LANGUAGES.map((value) => ({ value, label: value.toUpperCase() })) }),
    async validate(tx, rows) {
      const { homeCountry } = await shop();
      const known = await customersOf(tx, rows);
      return rows.map(({ values }) => verdictOn(values, known, homeCountry));
    },
    async apply(tx, rows) {
      const { language } = await shop();
      const refused = new Map<number, ImportRowError>();
      for (const { line, target } of rows) {
        const error = target.customerId
          ? await change(tx, target.customerId, target.said)
          : await add(tx, target, language);
        if (error) refused.set(line, error);
      }
      return refused;
    },
  });
}

async function customersOf(tx: Tx, rows: readonly ReadRow<Row>[]): Promise<ReadonlyMap<string, CustomerRow>> {
  const emails = rows.flatMap(({ values: { email } }) => readEmailAddress(email ?? '') ?? []);
  const found = await tx.rows(byEmail, { emails: [...new Set(emails)] });
  return new Map(found.map(({ asked, ...customer }) => [asked, customer as CustomerRow]));
}

function verdictOn(
  row: Row,
  known: ReadonlyMap<string, CustomerRow>,
  homeCountry: string,
): ImportVerdict<Target> {
  const email = readEmailAddress(row.email ?? '');
  if (email === null) return { errors: [{ column: 'email', code: 'INVALID_EMAIL' }] };
  const customer = known.get(email);
  if (customer?.isStaff) return { errors: [{ column: 'email', code: 'ALREADY_STAFF' }] };
  const { said, errors } = readRow(row, homeCountry);
  if (errors.length > 0) return { errors };
  const target = { email, customerId: customer?.id ?? null, said };
  const key = email.normalize('NFC').toLowerCase();
  const outcome = !customer ? 'NEW' : says(said, customer) ? 'UNCHANGED' : 'CHANGED';
  return { outcome, key, amount: 0, target };
}

function readRow(row: Row, homeCountry: string): { said: Said; errors: ImportRowError[] } {
  const phone = readPhone(row.phone, homeCountry);
  const language = row.language?.toLowerCase() as Language | undefined;
  const tags = row.tags === null ? null : cleanTags(row.tags.split(/[,;]/));
  const firstName = row.first_name && personName(row.first_name);
  const lastName = row.last_name && personName(row.last_name);
  const errors: ImportRowError[] = [
    ...(row.phone !== null && !phone ? [{ column: 'phone', code: 'INVALID_PHONE' as const }] : []),
    ...(language && !LANGUAGES.includes(language)
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

/** Whether the customer is already as the row says. */
function says(said: Said, customer: CustomerRow): boolean {
  return Object.entries(said).every(([key, value]) => isDeepStrictEqual(customer[key as keyof Said], value));
}

async function change(tx: Tx, customerId: string, said: Said): Promise<ImportRowError | null> {
  await tx.row(lockAccount, { userId: customerId });
  const customers = tx.repository(CustomerEntity);
  const customer = await customers.lock({ id: customerId });
  if (!customer || customer.isStaff || customer.mergedInto || customer.status === CustomerStatus.ERASED)
    return { column: 'email', code: 'NOT_FOUND' };
  const { tags, ...person } = said;
  if (!customer.userId) await customers.update(customer, said);
  else {
    if (tags) await customers.update(customer, { tags });
    if (says(person, customer)) return null;
    const { firstName = null, lastName = null, phone = null, language = null } = person;
    const setsPhone = phone !== null;
    await tx.count(updateAccount, {
      ...{ userId: customer.userId, firstName, lastName, phone, setsPhone, language },
    });
  }
  return null;
}

async function add(tx: Tx, { email, said }: Target, language: Language): Promise<null> {
  const nobody = { firstName: '', lastName: '', phone: null, tags: [], language };
  await tx
    .repository(CustomerEntity)
    .insert([{ id: newId(), userId: null, email, source: 'STAFF', ...nobody, ...said }]);
  return null;
}
