import { isDeepStrictEqual } from 'node:util';
import { readEmailAddress } from '../../../../kernel/email-address.js';
import { newId } from '../../../../kernel/ids.js';
import type { Language } from '../../../../kernel/languages.js';
import { columnsOf, statement, t, type Tx } from '../../../../platform/database/database.js';
import {
  handleImport,
  type HandledImport,
  type ImportRowError,
  type ImportVerdict,
  type ReadRow,
} from '../../../../platform/imports/define-import.js';
import type { DomainEvent } from '../../../../platform/jobs/define-event.js';
import type { Outbox } from '../../../../platform/jobs/outbox.js';
import { customerChanged } from '../../identity.events.js';
import { CUSTOMER_ROW, CustomerEntity, type CustomerRow } from '../customer.entity.js';
import { lockAccount, updateAccount } from '../customer.statements.js';
import { CustomerStatus } from '../customer-status.js';
import { customersImport } from './customers.import.js';
import { readRow, type Row, type Said, type Shop } from './read-customer.js';

/** Whom a row is about. */
interface Target {
  readonly email: string;
  /** Null for a new guest. */
  readonly customerId: string | null;
  readonly said: Said;
}

interface Deps {
  readonly outbox: Outbox;
  readonly shop: () => Promise<Shop>;
}

/** What became of a row. */
type Applied = { readonly error: ImportRowError } | { readonly event: DomainEvent | null };

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
 * e-mail: the step is then done again, and changes that guest. The events of all rows are written last.
 */
export function importCustomers({ outbox, shop }: Deps): HandledImport {
  return handleImport<typeof customersImport.columns, Target>(customersImport, {
    async choices() {
      const { offered } = await shop();
      return { language: offered.map((value) => ({ value, label: value.toUpperCase() })) };
    },
    async validate(tx, rows) {
      const here = await shop();
      const known = await customersOf(tx, rows);
      return rows.map(({ values }) => verdictOn(values, known, here));
    },
    async apply(tx, rows) {
      const { language } = await shop();
      const refused = new Map<number, ImportRowError>();
      const events: DomainEvent[] = [];
      for (const { line, target } of rows) {
        const applied = target.customerId
          ? await change(tx, target.customerId, target.said)
          : await add(tx, target, language);
        if ('error' in applied) refused.set(line, applied.error);
        else if (applied.event) events.push(applied.event);
      }
      if (events.length > 0) await outbox.append(tx, ...events);
      outbox.notifyRelay();
      return refused;
    },
  });
}

async function customersOf(tx: Tx, rows: readonly ReadRow<Row>[]): Promise<ReadonlyMap<string, CustomerRow>> {
  const emails = rows.flatMap(({ values: { email } }) => readEmailAddress(email ?? '') ?? []);
  const found = await tx.rows(byEmail, { emails: [...new Set(emails)] });
  return new Map(found.map(({ asked, ...customer }) => [asked, customer as CustomerRow]));
}

function verdictOn(row: Row, known: ReadonlyMap<string, CustomerRow>, shop: Shop): ImportVerdict<Target> {
  const email = readEmailAddress(row.email ?? '');
  if (email === null) return { errors: [{ column: 'email', code: 'INVALID_EMAIL' }] };
  const customer = known.get(email);
  if (customer?.isStaff) return { errors: [{ column: 'email', code: 'ALREADY_STAFF' }] };
  const { said, errors } = readRow(row, shop, customer?.language);
  if (errors.length > 0) return { errors };
  const target = { email, customerId: customer?.id ?? null, said };
  const key = email.normalize('NFC').toLowerCase();
  const outcome = !customer ? 'NEW' : says(said, customer) ? 'UNCHANGED' : 'CHANGED';
  return { outcome, key, amount: 0, target };
}

/** Whether the customer is already as the row says. */
function says(said: Said, customer: CustomerRow): boolean {
  return Object.entries(said).every(([key, value]) => isDeepStrictEqual(customer[key as keyof Said], value));
}

async function change(tx: Tx, customerId: string, said: Said): Promise<Applied> {
  await tx.row(lockAccount, { userId: customerId });
  const customers = tx.repository(CustomerEntity);
  const customer = await customers.lock({ id: customerId });
  if (!customer || customer.isStaff || customer.mergedInto || customer.status === CustomerStatus.ERASED)
    return { error: { column: 'email', code: 'NOT_FOUND' } };
  const { userId } = customer;
  const { tags, ...person } = said;
  const isTagged = await customers.update(customer, userId ? { tags } : said);
  const isAnother = userId !== null && !says(person, customer);
  if (isAnother) await updateHolder(tx, userId, person);
  if (!isTagged && !isAnother) return { event: null };
  const version = customer.version + (isAnother ? 1 : 0);
  return { event: customerChanged(customerId, { change: 'UPDATED', version }) };
}

/** The trigger of the account writes the customer's row, whose version goes up with it. */
async function updateHolder(tx: Tx, userId: string, person: Omit<Said, 'tags'>): Promise<void> {
  const { firstName = null, lastName = null, phone = null, language = null } = person;
  const setsPhone = phone !== null;
  await tx.count(updateAccount, { userId, firstName, lastName, phone, setsPhone, language });
}

async function add(tx: Tx, { email, said }: Target, language: Language): Promise<Applied> {
  const id = newId();
  const nobody = { firstName: '', lastName: '', phone: null, tags: [], language };
  await tx
    .repository(CustomerEntity)
    .insert([{ id, userId: null, email, source: 'STAFF', ...nobody, ...said }]);
  return { event: customerChanged(id, { change: 'CREATED', version: 1 }) };
}
