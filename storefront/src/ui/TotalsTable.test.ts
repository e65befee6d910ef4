import { expect, it } from 'vitest';
import { showInShop } from '../app/testing';
import TotalsTable from './TotalsTable.vue';

const lei = (amount: number) => ({ amount, currency: 'RON', decimal: (amount / 100).toFixed(2) });

it('names each discount as taken off already, and charges between the delivery and the total', () => {
  const { element, app } = showInShop(TotalsTable, {
    ...{ subtotal: lei(9000), shipping: lei(1990), total: lei(12490), taxLines: [] },
    adjustments: [
      { code: 'club.CLUB', kind: 'DISCOUNT', name: 'Clubul prietenilor', amount: lei(1000) },
      { code: 'wrap.WRAP', kind: 'CHARGE', name: 'Ambalaj cadou', amount: lei(1500) },
    ],
  });
  const rows = [...element.querySelectorAll('dt')].map((row) => row.textContent?.trim());
  app.unmount();

  expect(rows).toEqual(['Subtotal', 'Clubul prietenilor, deja scăzut', 'Livrare', 'Ambalaj cadou', 'Total']);
});

it('says below the total which tax it contains, and on what', () => {
  const { element, app } = showInShop(TotalsTable, {
    ...{ subtotal: lei(2400), shipping: lei(0), total: lei(2400), adjustments: [] },
    taxLines: [{ name: 'TVA', ratePercent: '20', base: lei(2000), tax: lei(400) }],
  });
  const [label, amount] = [...element.querySelectorAll('dl > div:last-child > *')].map((cell) =>
    cell.textContent?.replace(/\s+/g, ' ').trim(),
  );
  app.unmount();

  expect(label).toBe('din care TVA 20% la 20,00 lei');
  expect(amount).toBe('4,00 lei');
});

it('says below the total who pays a part of it, and what is left', () => {
  const { element, app } = showInShop(TotalsTable, {
    ...{ subtotal: lei(9000), shipping: lei(1990), total: lei(10990), taxLines: [], adjustments: [] },
    ...{ tenders: [{ name: 'Card cadou … 7QF2', amount: lei(4000) }], due: lei(6990) },
  });
  const rows = [...element.querySelectorAll('dt')].map((row) => row.textContent?.trim());
  app.unmount();

  expect(rows.slice(-3)).toEqual(['Total', 'Plătit cu Card cadou … 7QF2', 'Rest de plată']);
});
