import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withShop, type Answer } from '../../app/testing';
import { usePayment } from './usePayment';

const money = { __typename: 'Money', amount: 8900, currency: 'RON', decimal: '89.00' };

function progress(status: string, failureCode: string | null = null): object {
  const isFinal = status === 'CAPTURED';
  const order = {
    __typename: 'Order',
    id: 'o1',
    number: '1001',
    status: isFinal ? 'PAID' : 'PENDING_PAYMENT',
    expiresAt: null,
    total: { gross: money },
    due: money,
    pendingPayment: null,
  };
  return { status, failureCode, canPay: status === 'PENDING', isFinal, order };
}

interface Also {
  readonly failureCode?: string;
  readonly warnings?: object[];
  readonly session?: null;
}

function answer(status: string, { failureCode, warnings = [], session }: Also = {}): Answer {
  const paymentSession = session ?? {
    ...{ id: 's1', provider: 'TEST', status, clientSecret: 'secret', failureCode, amount: money },
  };
  const paymentStatus = progress(status, failureCode);
  const rest = { paymentStatus, errors: [], warnings };
  return {
    data: {
      paymentSessionCreate: { paymentSession: session === null ? null : paymentSession, ...rest },
      paymentStatusRefresh: rest,
    },
  };
}

/** A payment page; the API returns the given responses in order, and repeats the last one. */
function page(...answers: Answer[]) {
  const left = [...answers];
  const { result, asked, app } = withShop(
    () => (left.length > 1 ? left.shift() : left[0]) ?? new Error('no answer left'),
    () => usePayment('tok'),
  );
  return { ...result, asked, leave: () => app.unmount() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

it('goes on waiting after a reload while the bank has not decided, until the money is here', async () => {
  const { stage } = page(answer('PROCESSING'), answer('PROCESSING'), answer('CAPTURED'));

  await pass(10);
  expect(stage.value).toBe('waiting');
  await pass(10_000);

  expect(stage.value).toBe('paid');
});

it('says that payment cannot be reached, and goes on by itself once it can', async () => {
  const warning = { code: 'PAYMENT_UNREACHABLE', message: 'x' };
  const away = answer('CREATING', { warnings: [warning], session: null });
  const { stage, isUnreachable } = page(away, answer('PENDING'));

  await pass(10);
  expect([stage.value, isUnreachable.value]).toEqual(['waiting', true]);
  await pass(2_000);

  expect([stage.value, isUnreachable.value]).toEqual(['pay', false]);
});

it('says so when waiting takes unusually long', async () => {
  const { stage, isLate } = page(answer('PROCESSING'));

  await pass(5_000);
  expect(isLate.value).toBe(false);
  await pass(30_000);

  expect([stage.value, isLate.value]).toEqual(['waiting', true]);
});

it('offers the form again after a decline, and waits again for the second try', async () => {
  const { stage, wait, accept } = page(answer('PENDING'), answer('PENDING'));
  await pass(10);

  wait();
  expect(stage.value).toBe('waiting');
  accept(progress('PENDING', 'card_declined') as never);
  expect(stage.value).toBe('pay');
  wait();

  expect(stage.value).toBe('waiting');
});

it('asks afresh when the browser brings the page back from its memory', async () => {
  const { stage } = page(answer('PENDING'), answer('CAPTURED'));
  await pass(10);
  expect(stage.value).toBe('pay');

  dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await pass(10);

  expect(stage.value).toBe('paid');
});

it('stops asking once the page is left', async () => {
  const { asked, leave } = page(answer('PROCESSING'));
  await pass(10);
  leave();
  const before = asked.length;

  await pass(30_000);

  expect(asked.length).toBe(before);
});
