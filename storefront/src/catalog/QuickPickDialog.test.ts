import { expect, it } from 'vitest';
import { h, provide } from 'vue';
import { cartActionsKey, type CartActions } from '../app/cart-actions';
import { showInShop } from '../app/testing';
import QuickPickDialog from './QuickPickDialog.vue';

const price = { __typename: 'Money', amount: 8900, currency: 'RON', decimal: '89.00' };
const image = (name: string) => ({
  ...{ __typename: 'ProductImage', id: name, alt: name, width: 1000, height: 1250 },
  ...{ url320: `/${name}-320.webp`, url640: `/${name}-640.webp` },
});
const color = (code: string) => ({ __typename: 'OptionValue', id: code, code, name: code, swatch: null });
const variant = (code: string, own: object | null) => ({
  ...{ __typename: 'ProductVariant', id: code, sku: code, name: code, price, compareAtPrice: null },
  ...{ availability: 'IN_STOCK', availableQuantity: 3, availableFrom: null },
  ...{ optionValues: [color(code)], image: own },
});
const product = {
  ...{ __typename: 'Product', id: 'p', slug: 'cana', name: 'Cana', image: image('cover') },
  options: [
    {
      __typename: 'ProductOption',
      id: 'o',
      code: 'colour',
      name: 'Culoare',
      values: ['crem', 'verde', 'negru'].map(color),
    },
  ],
  variants: [variant('crem', image('crem')), variant('verde', image('verde')), variant('negru', null)],
};

it('shows the color that is about to be bought, and the product where a variant has no image of its own', async () => {
  const page = {
    setup() {
      provide(cartActionsKey, {} as CartActions);
      return () => h(QuickPickDialog, { slug: 'cana', sku: 'crem' });
    },
  };
  const { element } = showInShop(page, {}, () => ({ data: { product } }));
  const shown = () => element.querySelector('dialog img')?.getAttribute('src');
  const choose = (name: string): void =>
    element.querySelector(`input[aria-label=${name}]`)?.dispatchEvent(new Event('change')) as never;

  await expect.poll(shown).toBe('/crem-640.webp');
  choose('verde');
  await expect.poll(shown).toBe('/verde-640.webp');
  choose('negru');
  await expect.poll(shown).toBe('/cover-640.webp');
});
