import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localId } from '../../src/kernel/ids.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

const ALERTS = 'alerts@shop.example';

let simulator: PaymentSimulator;
let at: BuyerDriver;
let staff: GraphqlClient;
let driver: OrderEditingDriver;
beforeAll(async () => {
  // Two of three units are left after most sales here: more alerts than a few within minutes would come as a digest.
  simulator = await openTestPayments({ env: { ADMIN_ALERT_EMAIL: ALERTS, LOW_STOCK_THRESHOLD: '1' } });
  at = new BuyerDriver(simulator);
  staff = await simulator.shop.staff();
  driver = await OrderEditingDriver.open(simulator.shop);
});
afterAll(() => simulator.close());

interface Mail {
  readonly subject: string;
  readonly text: string;
}

const mailsTo = (recipient: string): Promise<Mail[]> =>
  simulator.shop.sql<Mail>('SELECT subject, text FROM dev_inbox WHERE recipient = $1 ORDER BY received_at', [
    recipient,
  ]);

/** The first mail to somebody that says this, once it has come. */
function mail(recipient: string, says: RegExp): Promise<Mail> {
  return simulator.shop.eventually(async () =>
    (await mailsTo(recipient)).find(({ subject, text }) => says.test(`${subject}\n${text}`)),
  );
}

/** Which templates the timeline of an order tells of; written a moment after the mail has left. */
async function mailedTemplates(buyer: Pick<Buyer, 'orderId'>): Promise<string[]> {
  const { order } = await staff.ask('query($id: ID!) { order(id: $id) { events { kind data { mail } } } }', {
    id: buyer.orderId,
  });
  return order.events.flatMap(({ data }: Answer) => data?.mail ?? []).sort();
}

describe('the buyer hears', () => {
  it('of the order and of the invoice, once each', async () => {
    const buyer = await at.paid(GOOD_CARD);

    await mail(buyer.email, /We have your order \d+ and your payment/);
    const invoice = await mail(buyer.email, /^Invoice /);

    expect(invoice.text).toMatch(/Get the invoice: http.*\/order\//);
    await expect
      .poll(() => mailedTemplates(buyer), { timeout: 60_000 })
      .toEqual(['invoice-issued', 'order-confirmation']);
  });

  it('that cash is paid to the courier, and that it has arrived', async () => {
    const buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await mail(buyer.email, /You pay the courier when it arrives/);

    await at.staffDoes(staff, 'paymentMarkReceived', buyer);

    await mail(buyer.email, /We have your payment for order/);
  });

  it('once more before the goods are free again, unless the transfer came, the order was cancelled or staff stopped it', async () => {
    const reminders = (of: Buyer[]): Promise<{ status: string; late: number }[]> =>
      simulator.shop.sql(
        `SELECT m.status, extract(epoch FROM o.expires_at - m.not_before) / 3600 AS late
         FROM unnest($1::text[]) WITH ORDINALITY AS b (email, n) JOIN email m ON m.recipient = b.email JOIN shop_order o ON o.email = b.email
         WHERE m.template = 'transfer-reminder' ORDER BY n`,
        [of.map(({ email }) => email)],
      );
    const buyers: Buyer[] = [];
    for (let made = 0; made < 3; made++) buyers.push(await at.startCheckout({ method: 'BANK_TRANSFER' }));
    const [paid, cancelled, forgetful] = buyers as [Buyer, Buyer, Buyer];
    await expect.poll(async () => (await reminders(buyers)).length).toBe(3);
    expect(await reminders(buyers)).toEqual(Array(3).fill({ status: 'SCHEDULED', late: expect.anything() }));
    for (const { late } of await reminders(buyers)) expect(Number(late)).toBeCloseTo(48, 3);

    await at.staffDoes(staff, 'paymentMarkReceived', paid);
    await at.staffDoes(staff, 'orderCancel', cancelled);
    await simulator.shop.sql(
      `UPDATE email SET next_attempt_at = now() WHERE template = 'transfer-reminder' AND recipient = ANY ($1)`,
      [buyers.map(({ email }) => email)],
    );
    await simulator.shop.shop.notifications.mailQueue.sendDue();

    const reminder = await mail(forgetful.email, /we wait for your transfer/);
    expect(reminder.text).toMatch(/See how to pay: http.*\/order\//);
    expect(reminder.text).not.toContain('IBAN');
    expect((await reminders(buyers)).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED', 'SENT']);
  });

  it('and of no transfer that arrives while the reminder is being written', async () => {
    const { mails, notifications } = simulator.shop.shop;
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
    const stored = (): Promise<unknown[]> =>
      simulator.shop.sql(`SELECT status FROM email WHERE recipient = $1 AND template = 'transfer-reminder'`, [
        buyer.email,
      ]);
    await expect.poll(stored).toEqual([{ status: 'SCHEDULED' }]);
    // As if its job had read the order, and not stored the mail yet.
    await simulator.shop.sql(`DELETE FROM email WHERE recipient = $1 AND template = 'transfer-reminder'`, [
      buyer.email,
    ]);
    const [event] = await simulator.shop.sql(
      `SELECT id, aggregate_id AS "aggregateId", payload FROM outbox WHERE kind = 'order.created' AND aggregate_id = $1`,
      [localId('ord', buyer.orderId)],
    );
    const written = await mails.get('transfer-reminder').compose(event as never);

    await at.staffDoes(staff, 'paymentMarkReceived', buyer);
    if (!written) throw new Error('There was no reminder to write');
    await notifications.mailQueue.queue({ ...written, template: 'transfer-reminder', dedupeKey: 'late' });

    expect(await stored()).toEqual([]);
  });

  it('where to send a bank transfer; when it is here, the order is confirmed and nothing said twice', async () => {
    const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
    const instructions = await mail(buyer.email, /details for your bank transfer/);

    await at.staffDoes(staff, 'paymentMarkReceived', buyer);
    await mail(buyer.email, /We have your order \d+ and your payment/);
    await mail(buyer.email, /^Invoice /);

    expect(instructions.text).toContain('IBAN: RO49 AAAA 1B31 0075 9384 0000');
    await expect
      .poll(() => mailedTemplates(buyer), { timeout: 60_000 })
      .toEqual(['invoice-issued', 'order-confirmation', 'transfer-instructions']);
  });

  it('of a draft with its link to pay', async () => {
    const variantId = await simulator.shop.stock({ name: 'Phone bowl', sku: 'PHONE', price: 5000, stock: 9 });
    const draft = await driver.drafted([{ variantId, quantity: 1 }], { email: 'phone@example.test' });

    await driver.send(draft);

    const { subject, text } = await mail('phone@example.test', /te așteaptă la plată/);
    expect(subject).toContain(draft.number);
    expect(text).toMatch(/Plătește comanda: http.*\/checkout\/pay\//);
    expect(text).toContain('Phone bowl');
  });

  it('nothing of a draft that staff threw away', async () => {
    const variantId = await simulator.shop.stock({
      name: 'Secret bowl',
      sku: 'SECRET',
      price: 5000,
      stock: 9,
    });
    const draft = await driver.drafted([{ variantId, quantity: 1 }], { email: 'secret@example.test' });

    await driver.cancel(draft);
    await simulator.shop.eventually(
      async () => (await simulator.shop.sql('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0,
    );

    expect(await mailsTo('secret@example.test')).toEqual([]);
  });

  it('that the order was cancelled, and when the money has left', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await at.staffDoes(staff, 'orderCancel', buyer);

    const cancelled = await mail(buyer.email, /was cancelled/);
    const refunded = await mail(buyer.email, /Your refund for order/);

    expect(cancelled.text).toMatch(/We are sending RON.\d/);
    expect(refunded.text).toMatch(/we have sent RON.\d/);
  });

  it('nothing when an order expired that nobody paid', async () => {
    const buyer = await at.startCheckout();
    await at.runOut(buyer);
    await at.until(buyer, ({ status }) => status === 'EXPIRED');
    await simulator.shop.eventually(
      async () => (await simulator.shop.sql('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0,
    );

    expect(await mailsTo(buyer.email)).toEqual([]);
  });

  it('what became of a return', async () => {
    const buyer = await at.paid(GOOD_CARD);
    await at.staffDoes(staff, 'shipmentCreate', buyer);
    const { orderByToken } = await buyer.browser.ask(
      'query($token: String!) { orderByToken(token: $token) { lines { id } } }',
      { token: buyer.token },
    );
    const asked = await buyer.browser.ask(
      'mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { return { id number } errors { code } } }',
      {
        input: {
          orderToken: buyer.token,
          lines: [{ orderLineId: orderByToken.lines[0].id, quantity: 1 }],
          reason: 'DAMAGED',
          resolution: 'REFUND',
          idempotencyKey: randomUUID(),
        },
      },
    );
    const { id, number } = asked.returnRequest.return;

    await staff.ask(
      'mutation($input: ReturnDecisionInput!) { returnReject(input: $input) { return { status } errors { code } } }',
      {
        input: {
          returnId: id,
          expectedVersion: 1,
          note: 'Cana a fost folosită.',
          idempotencyKey: randomUUID(),
        },
      },
    );

    const { text } = await mail(buyer.email, new RegExp(`About your return ${number}`));
    expect(text).toContain('Cana a fost folosită.');
    expect((await mail(ALERTS, new RegExp(`Cerere de retur: ${number}`))).text).toMatch(
      /\/admin\/returns\/ret_/,
    );
  });
});

describe('the owner hears', () => {
  it('of each new order and of a variant that runs low, once', async () => {
    const buyer = await at.paid(GOOD_CARD, { stock: 2 });
    const { number } = await at.order(buyer);

    const order = await mail(ALERTS, new RegExp(`Comandă nouă: ${number},`));
    const low = await mail(ALERTS, new RegExp(`Stoc redus: ${buyer.sku}`));

    expect(order.text).toMatch(/\/admin\/orders\/ord_/);
    expect(low.text).toMatch(/Mai este 1 articol liber/);
    const keys = await simulator.shop.sql<{ key: string }>(
      `SELECT dedupe_key AS key FROM email WHERE recipient = $1 GROUP BY 1 HAVING count(*) > 1`,
      [ALERTS],
    );
    expect(keys).toEqual([]);
  });

  it('of a dispute and of a refund that failed', async () => {
    const disputed = await at.paid(GOOD_CARD);
    await simulator.openDispute(disputed.secret);
    const refunded = await at.paid(GOOD_CARD);
    await at.staffDoes(staff, 'orderCancel', refunded);
    await at.until(refunded, ({ paymentStatus }) => paymentStatus === 'REFUNDED');
    const [reference] = await simulator.refundsOf(refunded.secret);
    await simulator.failRefund(reference ?? '');

    await mail(ALERTS, new RegExp(`Plată contestată: comanda ${(await at.order(disputed)).number}`));
    await mail(ALERTS, new RegExp(`Rambursare eșuată: comanda ${(await at.order(refunded)).number}`));
  });

  it('in person once there is one, in the language of the account', async () => {
    await simulator.shop.shop.identity.owners.appoint({
      email: 'boss@shop.example',
      firstName: 'Ana',
      lastName: 'Pop',
      language: 'fr',
    });

    const buyer = await at.paid(GOOD_CARD);
    const { number } = await at.order(buyer);

    await mail('boss@shop.example', new RegExp(`Nouvelle commande : ${number}`));
    expect((await mailsTo(ALERTS)).filter(({ subject }) => subject.includes(number))).toEqual([]);
  });
});

describe('and in the end', () => {
  it('the ledger balances, and the owner’s mails are in no timeline', async () => {
    await assertLedgerBalances(simulator.shop);

    expect(
      await simulator.shop.sql(
        `SELECT 1 FROM order_event WHERE kind = 'MAIL_SENT' AND data ->> 'mail' = 'owner-alert'`,
      ),
    ).toEqual([]);
  });
});
