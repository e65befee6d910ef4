import type { LanguageCode, SetupBeginQuery, SetupCompleteInput } from '../generated/setup/graphql';
import { parsePrice } from '../ui/money';

export type SetupBegin = NonNullable<SetupBeginQuery['setup']>;
export type SetupShop = Pick<SetupBeginQuery['shop'], 'currency' | 'defaultLanguage'>;
export type SetupCountry = SetupBegin['countries'][number];

/** The steps in their order; the first one is the only one that cannot be skipped. */
export const STEPS = ['owner', 'shop', 'seller', 'delivery', 'product'] as const;
export type Step = (typeof STEPS)[number];

/** What is in the fields, as it is typed. */
export interface SetupState {
  at: Step;
  /** The steps that were answered, and not skipped. */
  answered: Step[];
  owner: { firstName: string; lastName: string; email: string; password: string };
  shop: {
    name: string;
    country: string;
    languages: LanguageCode[];
    chargesTax: boolean;
    keepCategories: boolean;
  };
  seller: { name: string; address: string; taxId: string; registrationNumber: string; email: string };
  delivery: { price: string; freeFrom: string };
  product: { name: string; price: string; stock: string };
}

export function emptySetup({ country, countries }: SetupBegin): SetupState {
  return {
    at: 'owner',
    answered: [],
    owner: { firstName: '', lastName: '', email: '', password: '' },
    shop: {
      ...{ name: '', country, chargesTax: true, keepCategories: true },
      languages: [...(countries.find(({ code }) => code === country)?.languages ?? [])],
    },
    seller: { name: '', address: '', taxId: '', registrationNumber: '', email: '' },
    delivery: { price: '', freeFrom: '' },
    product: { name: '', price: '', stock: '1' },
  };
}

/** The lines of an address, without empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

interface Around {
  readonly token: string;
  readonly language: LanguageCode;
  readonly country: SetupCountry | undefined;
  /** Of all prices: that of the chosen country, or that of the shop where its step was skipped. */
  readonly currency: string;
  readonly defaultLanguage: LanguageCode;
}

/** What is sent: of each step that was answered. Prices were checked at their step. */
export function inputOf(
  state: SetupState,
  { token, language, country, currency, defaultLanguage }: Around,
): SetupCompleteInput {
  const has = (step: Step): boolean => state.answered.includes(step);
  const minor = (text: string): number => parsePrice(text, currency) ?? 0;
  const { shop, seller, delivery, product } = state;
  return {
    ...{ token, keepCategories: shop.keepCategories },
    owner: { ...state.owner, language },
    shop:
      has('shop') && country
        ? {
            ...{ name: shop.name, languages: shop.languages, chargesTax: shop.chargesTax },
            ...{ country: country.code, currency: country.currency, timeZone: country.timeZone },
          }
        : null,
    seller: has('seller')
      ? {
          ...{ name: seller.name, taxId: seller.taxId, address: linesOf(seller.address) },
          registrationNumber: seller.registrationNumber.trim() || null,
          email: seller.email.trim() || null,
        }
      : null,
    delivery: has('delivery')
      ? { price: minor(delivery.price), freeFrom: delivery.freeFrom.trim() ? minor(delivery.freeFrom) : null }
      : null,
    product: has('product')
      ? {
          translations: [{ locale: defaultLanguage, name: product.name }],
          price: minor(product.price),
          stock: Number(product.stock),
        }
      : null,
  };
}
