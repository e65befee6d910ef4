import { formatMoney } from '../app/money';
import type { Language } from '../app/messages/language';
import { escaped } from '../app/escaped';
import { loadI18n, type Messages, type Words } from '../app/messages/i18n';
import type { Basket_CartFragment } from '../generated/cart/graphql';

/** The placeholder that the server replaces by the visitor's lines, for browsers without scripts. */
export const PLAIN_CART = '<p data-plain-cart></p>';

/** @param written the words that staff of the shop wrote in place of the storefront's own */
export async function wordsOf(language: Language, written: Messages | null): Promise<Words> {
  const { words, learnShopWords } = await loadI18n(language);
  if (written) learnShopWords(written);
  return words;
}

/** The cart as a read-only list, with a note that ordering needs scripts. */
export function plainCart(
  cart: Pick<Basket_CartFragment, 'lines' | 'subtotal'> | null,
  language: Language,
  { t }: Words,
): string {
  if (!cart?.lines.length) return `<p class="text-18 py-6">${escaped(t('cart.empty'))}</p>`;
  const lines = cart.lines.map(({ quantity, total, product, variant }) => {
    const detail = variant.optionValues.map(({ name }) => name).join(' · ');
    const name = [product.name, detail].filter(Boolean).join(', ');
    const price = formatMoney(total.gross, language);
    return `<li class="flex justify-between gap-4 py-4"><span>${escaped(name)} × ${quantity}</span><span class="money">${escaped(price)}</span></li>`;
  });
  const subtotal = formatMoney(cart.subtotal.gross, language);
  return (
    `<ul class="divide-line max-w-2xl divide-y" aria-label="${escaped(t('cart.lines'))}">${lines.join('')}</ul>` +
    `<p class="text-18 flex max-w-2xl justify-between gap-4 py-4 font-[550]"><span>${escaped(t('cart.subtotal'))}</span><span class="money">${escaped(subtotal)}</span></p>` +
    `<p class="max-w-2xl pb-6">${escaped(t('cart.needsScripts'))}</p>`
  );
}
