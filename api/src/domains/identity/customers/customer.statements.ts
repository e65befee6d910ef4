import { statement, t } from '../../../platform/database/database.js';
import { CUSTOMER_COLUMNS, CUSTOMER_ROW } from './customer.entity.js';

export const MOST_NOTES = 200;

export const customersById = statement('identity.customers-by-id', {
  params: { ids: t.uuids },
  row: CUSTOMER_ROW,
  sql: `SELECT ${CUSTOMER_COLUMNS} FROM customer WHERE id = ANY(:ids::uuid[])`,
});

export const notesByCustomer = statement('identity.notes-by-customer', {
  params: { ids: t.uuids },
  row: { id: t.uuid, customerId: t.uuid, body: t.text, authorName: t.text.orNull, createdAt: t.timestamp },
  sql: `SELECT n.id, n.customer_id AS "customerId", n.body, u.first_name || ' ' || u.last_name AS "authorName", n.created_at AS "createdAt"
   FROM customer_note n LEFT JOIN app_user u ON u.id = n.author_id
   WHERE n.customer_id = ANY(:ids::uuid[]) ORDER BY n.created_at DESC, n.id DESC`,
});

export const customerTags = statement('identity.customer-tags', {
  row: { tag: t.text },
  sql: `SELECT DISTINCT tag FROM customer, unnest(tags) AS tag WHERE tags <> '{}' AND status <> 'ERASED' AND merged_into IS NULL
   ORDER BY tag LIMIT 500`,
});

/** The account of a customer, locked before the customer's own row: its trigger writes that one. */
export const lockAccount = statement('identity.lock-account-of-customer', {
  params: { userId: t.uuid },
  row: { role: t.text },
  sql: 'SELECT role FROM app_user WHERE id = :userId FOR NO KEY UPDATE',
});

export const updateAccount = statement('identity.update-account-of-customer', {
  params: {
    userId: t.uuid,
    firstName: t.text.orNull,
    lastName: t.text.orNull,
    setsPhone: t.boolean,
    phone: t.text.orNull,
    language: t.text.orNull,
  },
  sql: `UPDATE app_user SET first_name = coalesce(:firstName, first_name), last_name = coalesce(:lastName, last_name),
     phone = CASE WHEN :setsPhone THEN :phone ELSE phone END, language = coalesce(:language, language), updated_at = now()
   WHERE id = :userId`,
});

export const knownEmail = statement('identity.known-email', {
  params: { email: t.text },
  row: { id: t.uuid },
  sql: `SELECT id FROM customer WHERE email_key = email_key(:email) AND status <> 'ERASED' AND merged_into IS NULL LIMIT 1`,
});

export const countNotes = statement('identity.count-customer-notes', {
  params: { customerId: t.uuid },
  row: { count: t.int },
  sql: 'SELECT count(*) AS "count" FROM customer_note WHERE customer_id = :customerId',
});
