import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi } from '@vitrine/testing/shop/api-process.js';
import { openStripePayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

let simulator: PaymentSimulator;
beforeAll(async () => {
  simulator = await openStripePayments({ worker: false });
});
afterAll(() => simulator.close());

const ask = (url: string): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ shop { name } }' }),
  });

it('sends buyers elsewhere before the old process closes, and answers those who still come', async () => {
  const api = await startApi(simulator.shop.shop.env.database.url, {
    RUN_WORKER: 'false',
    // Long enough for both questions on a busy machine.
    SHUTDOWN_DRAIN_SECONDS: '8',
  });

  const ended = api.stop();
  const ready = await simulator.shop.eventually(async () => {
    const answer = await fetch(`${api.url}/ready`);
    return answer.status === 503 && answer;
  });
  const late = await ask(api.url);

  expect(await ready.json()).toEqual({ status: 'stopping' });
  expect(ready.headers.get('connection')).toBe('close');
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  expect(await late.json()).toMatchObject({ data: { shop: { name: expect.any(String) as string } } });
  expect(await ended).toBe(0);
});
