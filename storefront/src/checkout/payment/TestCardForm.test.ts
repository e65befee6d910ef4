import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { showInShop } from '../../app/testing';
import TestCardForm from './TestCardForm.vue';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-29T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

async function pay(expiry: string) {
  const { element, asked } = showInShop(
    TestCardForm,
    { clientSecret: 'secret', publishableKey: 'pk', total: '89,00 lei' },
    () => ({ data: { paymentTestConfirm: { paymentStatus: null, errors: [] } } }),
  );
  const typed = { cardNumber: '4242 4242 4242 4242', expiry, cvc: '123' };
  for (const [name, value] of Object.entries(typed)) {
    const field = element.querySelector<HTMLInputElement>(`[name=${name}]`) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event('input'));
  }
  element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.advanceTimersByTimeAsync(10);
  await nextTick();
  return { asked, isWrong: element.querySelector('[name=expiry]')?.getAttribute('aria-invalid') === 'true' };
}

it.each(['01/20', '10/26', '10 / 26', '1026'])('a card that expired (%s) is not sent', async (expiry) => {
  const { asked, isWrong } = await pay(expiry);
  expect([asked, isWrong]).toEqual([[], true]);
});

it.each(['11/26', '12/30', '1230'])('a card is good to the end of its month: %s', async (expiry) => {
  const { asked, isWrong } = await pay(expiry);
  expect([asked.length, isWrong]).toEqual([1, false]);
});
