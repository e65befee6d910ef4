import { randomUUID } from 'node:crypto';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { globalId } from '../../../src/kernel/ids.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

const newEmail = (): string => `customer-${randomUUID()}@shop.example`;

/** Somebody without an account, as staff see them. */
async function guest({
  requests,
  staff,
}: Fixtures): Promise<{ customerId: string; expectedVersion: number }> {
  const input = { email: newEmail(), firstName: 'Dan', idempotencyKey: randomUUID() };
  const { customer } = await requests.done('customerCreate', input, staff);
  return { customerId: customer.id, expectedVersion: 1 };
}

/** Somebody with an account. */
async function account({ shop }: Fixtures): Promise<string> {
  const [row] = await shop.sql<{ id: string }>(
    `INSERT INTO app_user (id, email, password_hash, first_name, last_name) VALUES (new_id(), $1, 'x', 'Dan', 'Pop') RETURNING id`,
    [newEmail()],
  );
  return globalId('cust', row!.id);
}

/** The newest note of a new guest. */
async function noted(fixtures: Fixtures): Promise<{ customerId: string; noteId: string }> {
  const { customerId } = await guest(fixtures);
  const input = { customerId, body: 'Rings twice.', idempotencyKey: randomUUID() };
  await fixtures.requests.done('customerNoteAdd', input, fixtures.staff);
  const query = 'query($id: ID!) { customer(id: $id) { notes { id } } }';
  const { customer } = await fixtures.staff.ask(query, { id: customerId });
  return { customerId, noteId: customer.notes[0].id };
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'customerCreate',
    of: 'somebody who ordered by telephone',
    makes: { customer: 1, outbox: 1 },
    prepare: async () => ({
      input: { email: newEmail(), firstName: 'Dan' },
      other: { firstName: 'Ion' },
    }),
  },
  {
    mutation: 'customerNoteAdd',
    of: 'a note about a customer',
    makes: { customer_note: 1, outbox: 1 },
    prepare: async (fixtures) => {
      const { customerId } = await guest(fixtures);
      return { input: { customerId, body: 'Rings twice.' }, other: { body: 'Likes blue.' } };
    },
  },
];

const STALE = { expectedVersion: 77 };
const onGuest = (mutation: string, more: Answer = {}): PlainCase => ({
  mutation,
  prepare: async (fixtures) => ({ input: { ...(await guest(fixtures)), ...more }, wrong: STALE }),
});

const PLAIN: readonly PlainCase[] = [
  onGuest('customerUpdate', { firstName: 'Ion' }),
  onGuest('customerTagsSet', { tags: ['blue'] }),
  onGuest('customerLock'),
  {
    mutation: 'customerUnlock',
    prepare: async (fixtures) => {
      const input = await guest(fixtures);
      await fixtures.requests.done('customerLock', input, fixtures.staff);
      return { input: { ...input, expectedVersion: 2 }, wrong: STALE };
    },
  },
  {
    mutation: 'customerMerge',
    prepare: async (fixtures) => ({
      input: { ...(await guest(fixtures)), intoCustomerId: await account(fixtures) },
      wrong: STALE,
    }),
  },
  {
    mutation: 'customerNoteDelete',
    prepare: async (fixtures) => ({ input: await noted(fixtures), wrong: { noteId: 'cnote_none' } }),
  },
  {
    mutation: 'customerPasswordResetSend',
    prepare: async (fixtures) => {
      const { customerId } = await guest(fixtures);
      return { input: { customerId: await account(fixtures) }, wrong: { customerId } };
    },
  },
  {
    mutation: 'customerDataExport',
    prepare: async (fixtures) => ({
      input: { customerId: await account(fixtures) },
      wrong: { customerId: 'cust_none' },
    }),
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: { 'there is none before the mutation makes it': ['customerCreate.customer'] },
};
