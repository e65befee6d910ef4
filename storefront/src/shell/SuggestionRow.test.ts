import { expect, it } from 'vitest';
import { showInShop } from '../app/testing';
import SuggestionRow from './SuggestionRow.vue';

const lei = (amount: number) => ({ amount, currency: 'RON', decimal: (amount / 100).toFixed(2) });

it.each([
  [8900, 8900, '89,00 lei'],
  [8900, 12_900, 'de la 89,00 lei'],
])('of a product that costs %d to %d says the price as its card does', (min, max, price) => {
  const product = { id: 'p', slug: 'cana', name: 'Cana', image: null };
  const suggestion = {
    ...{ kind: 'product', id: 'p', slug: 'cana', name: 'Cana' },
    product: { ...product, priceRange: { min: lei(min), max: lei(max) } },
  };
  const { element } = showInShop(SuggestionRow, { suggestion, active: false });

  expect(element.querySelector('.money')?.textContent?.replace(/\s/g, ' ').trim()).toBe(price);
});
