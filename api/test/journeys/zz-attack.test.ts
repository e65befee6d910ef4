import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuyerDriver } from '@vitrine/testing/drivers/buyers.js';
import { openStripePayments, stripeSettings, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';
let sim: PaymentSimulator; const others: TestShop[] = [];
beforeAll(async () => {
  sim = await openStripePayments({ askAgainSeconds: 2 });
  for (let i = 0; i < 2; i++) others.push(await sim.shop.beside({ env: stripeSettings(sim.stripe!), askAgainSeconds: 2, worker: false }));
});
afterAll(async () => { for (const o of others) await o.close(); await sim.close(); });
const kinds = (from: number) => { const c: Record<string, number> = {}; for (const r of sim.stripe!.requests.slice(from)) { const k = `${(r as never as {method:string}).method ?? ''} ${((r as never as {path:string}).path ?? '').replace(/pi_\w+/, ':id')}`; c[k] = (c[k] ?? 0) + 1; } return c; };
async function storm(mix: string[], each: number, opts: { pay?: boolean; fail?: [string, string] } = {}) {
  const buyer = await new BuyerDriver(sim).startCheckout();
  const from = sim.stripe!.requests.length;
  if (opts.fail) sim.stripe!.failNext(opts.fail[0] as never, opts.fail[1] as never, 5000);
  const shops = [sim.shop, ...others];
  const field: Record<string, (i: number) => string> = {
    complete: () => `checkoutComplete(input: { idempotencyKey: "${buyer.key}", cartVersion: ${buyer.cart.version}, expectedTotal: ${buyer.cart.total.gross.amount} }) { paymentSession { clientSecret } errors { code } }`,
    session: () => `paymentSessionCreate(input: { orderToken: "${buyer.token}" }) { paymentSession { clientSecret } errors { code } }`,
    refresh: () => `paymentStatusRefresh(input: { orderToken: "${buyer.token}" }) { paymentStatus { status order { status } } errors { code } }`,
    cancel: () => `orderCancelByCustomer(input: { orderToken: "${buyer.token}", idempotencyKey: "${randomUUID()}" }) { order { status } errors { code } }`,
  };
  const jobs: Promise<unknown>[] = [];
  for (let i = 0; i < each; i++) for (const m of mix) for (const s of shops) {
    const c = m === 'complete' ? s.guest().shareCookiesWith(buyer.browser) : s.guest();
    jobs.push(c.send(`mutation { ${field[m]!(i)} }`).catch((e) => ({ errors: [{ message: String(e) }] })));
  }
  if (opts.pay) jobs.push(sim.pay(buyer.secret, '4242 4242 4242 4242').catch((e) => ({ errors: [{ message: 'pay ' + e.message }] })));
  const answers = (await Promise.all(jobs)) as never as { errors?: { message: string; extensions?: { code: string } }[]; data?: Record<string, { errors: { code: string }[] } | null> }[];
  sim.stripe!.recover();
  const codes: Record<string, number> = {};
  for (const a of answers) { const k = a?.errors ? 'THROWN ' + (a.errors[0]!.extensions?.code ?? '') + ' ' + a.errors[0]!.message.slice(0, 60) : Object.entries(a?.data ?? {}).map(([n, p]) => n + ':' + (p?.errors.map((e) => e.code).join() || 'ok')).join(); codes[k] = (codes[k] ?? 0) + 1; }
  const order = await new BuyerDriver(sim).order(buyer);
  console.log(mix.join('+'), 'x', each, 'x3', JSON.stringify(opts), '→ stripe', JSON.stringify(kinds(from)), 'answers', JSON.stringify(codes, null, 1), 'order', order.status, order.paymentStatus, 'stock', JSON.stringify(await new BuyerDriver(sim).stockLevel(buyer)));
  return buyer;
}
it('storms', async () => {
  await storm(['session'], 40);
  await storm(['refresh'], 40);
  await storm(['complete', 'session', 'refresh'], 20);
  await storm(['cancel'], 20);
  await storm(['complete', 'session', 'refresh', 'cancel'], 10);
  await storm(['complete', 'session', 'refresh', 'cancel'], 10, { pay: true });
  await storm(['cancel'], 20, { fail: ['cancel', 'status-503'] });
  await storm(['session', 'refresh', 'complete'], 20, { fail: ['retrieve', 'status-503'] });
  expect(1).toBe(1);
}, 300_000);
