import { expect, it } from 'vitest';
import { withShop } from '../../app/testing';
import { useDeclineMessage } from './useDeclineMessage';

const declineOf = (code: string) =>
  withShop(
    () => ({}),
    () => useDeclineMessage(() => code),
  ).result;

it('says why the card was declined, also after a reload of the page', () => {
  expect(declineOf('card_declined').declined.value).toContain('Banca a refuzat cardul.');
  expect(declineOf('a_code_of_tomorrow').declined.value).toContain('Banca a refuzat plata.');
});

it('is not left beside the answer about the next card', () => {
  const { declined, tryAgain } = declineOf('card_declined');
  tryAgain();
  expect(declined.value).toBeNull();
});
