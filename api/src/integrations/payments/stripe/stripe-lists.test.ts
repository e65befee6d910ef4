import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { newId } from '../../../kernel/ids.js';
import { money } from '../../../kernel/money.js';
import type { OnUnreadable, PaymentProvider } from '../port.js';
import { createStripeProvider } from './stripe-provider.js';

const NUL = String.fromCharCode(0);

let server: StripeServer;
let provider: PaymentProvider;

beforeAll(async () => {
  server = await startStripeServer();
  provider = createStripeProvider({
    secretKey: server.secretKey,
    webhookSecrets: [],
    publishableKey: 'pk_test_x',
    apiBase: server.url,
  });
});
afterAll(() => server.close());

const since = (): Date => new Date(Date.now() - 60_000);

/** What a list answers, and the ids of the rows that it leaves out. */
async function read<T>(
  list: (onUnreadable: OnUnreadable) => AsyncIterable<T>,
): Promise<{ rows: T[]; left: string[] }> {
  const left: string[] = [];
  const rows: T[] = [];
  for await (const row of list(({ id }) => left.push(id))) rows.push(row);
  return { rows, left };
}

async function intent(): Promise<string> {
  const made = await provider.createIntent({
    paymentId: newId(),
    orderId: newId(),
    amount: money(12_900, 'RON'),
    captureMethod: 'AUTOMATIC',
    idempotencyKey: newId(),
  });
  return made.reference;
}

/** Replaces a row that stands between two good ones. */
function spoil(rows: ReadonlyMap<string, object>, id: string, changes: object): void {
  (rows as Map<string, object>).set(id, { ...rows.get(id), ...changes });
}

describe('one row that cannot be read never hides the others of a list', () => {
  it.each([
    ['no metadata', { metadata: null }],
    ['no amount', { amount: null }],
    ['no currency', { currency: null }],
  ])('of intents: %s', async (_, changes) => {
    const [before, bad, after] = [await intent(), await intent(), await intent()];
    spoil(server.intents, bad, changes);

    const { rows, left } = await read((note) => provider.listIntents(since(), note));

    const references = rows.map(({ reference }) => reference);
    expect(references).toEqual(expect.arrayContaining([before, after]));
    expect(references).not.toContain(bad);
    expect(left).toContain(bad);
  });

  it('of intents, when one is searched for', async () => {
    const paymentId = newId();
    const wanted = await provider.createIntent({
      ...{ paymentId, orderId: newId(), amount: money(12_900, 'RON') },
      ...{ captureMethod: 'AUTOMATIC', idempotencyKey: newId() },
    });
    spoil(server.intents, await intent(), { metadata: null });

    expect(await provider.findIntent(paymentId, since())).toMatchObject({ reference: wanted.reference });
  });

  it('of refunds and of disputes', async () => {
    const reference = await intent();
    server.confirm(reference, '4242 4242 4242 4242');
    const [before, bad, after] = [1, 2, 3].map((amount) => server.refundAtDashboard(reference, amount).id);
    spoil(server.refunds, bad as string, { amount: 'much' });
    const dispute = server.openDispute(reference);
    const other = await intent();
    server.confirm(other, '4242 4242 4242 4242');
    Object.assign(server.openDispute(other), { evidence_details: null });

    const refunds = await read((note) => provider.listRefunds(since(), note));
    const disputes = await read((note) => provider.listDisputes(since(), note));

    expect(refunds.rows.map((row) => row.reference).sort()).toEqual([before, after].sort());
    expect(refunds.left).toEqual([bad]);
    expect(disputes.rows.map((row) => row.reference)).toEqual([dispute.id]);
    expect(disputes.left).toHaveLength(1);
    // A sum over a part of a payment's refunds would be wrong.
    await expect(provider.refundsOf(reference)).rejects.toThrow(TypeError);
  });

  it.each([
    ['no object', { data: { object: null } }],
    ['no data', { data: null }],
    ['an id with a NUL', { id: `evt_${NUL}1` }],
    ['no id', { id: null }],
  ])('of missed events: %s', async (_, changes) => {
    const first = server.missEvent('payment_intent.succeeded', { id: 'pi_1' });
    Object.assign(server.missEvent('payment_intent.succeeded', { id: 'pi_2' }), changes);
    const last = server.missEvent('payment_intent.succeeded', { id: 'pi_3' });

    const { rows } = await read((note) => provider.listMissedEvents(since(), note));

    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, last.id]));
    expect(rows.some(({ objectReference }) => objectReference === 'pi_2')).toBe(false);
  });

  it('of missed events: one about an object whose id nobody can store is about nothing', async () => {
    const event = server.missEvent('payment_intent.succeeded', { id: `pi_${NUL}` });

    const { rows } = await read((note) => provider.listMissedEvents(since(), note));

    expect(rows.find(({ id }) => id === event.id)).toMatchObject({ objectKind: null, objectReference: null });
  });
});
