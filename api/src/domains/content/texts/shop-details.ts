import { countryName } from '../../../kernel/address/countries.js';
import type { Language } from '../../../kernel/languages.js';
import { money, type Money } from '../../../kernel/money.js';
import { formatMoney } from '../../../platform/mails/formats.js';
import { messagesOf } from '../../../platform/messages.js';
import { quote, shippingMethodsFor, type ShopConfigCache } from '../../pricing/index.js';
import {
  contactGroup,
  returnsGroup,
  sellerGroup,
  shopGroup,
  type Seller,
  type SettingsService,
} from '../../store/index.js';
import { UnknownFactError } from '../content.errors.js';

/** What the settings say that texts of pages speak of. */
interface ShopDetails {
  readonly shopName: string;
  readonly country: string;
  readonly returnDays: number;
  readonly email: string | null;
  readonly phone: string | null;
  readonly seller: Seller;
  /** Of the way of delivery that is offered first at home. */
  readonly deliveryDays: { readonly min: number | null; readonly max: number | null };
  readonly deliveryPrice: Money | null;
  readonly freeFrom: Money | null;
}

const days = (n: number, language: Language): string =>
  messagesOf('api', language).text('pageDetails.days', { n });

function workingDays({ min, max }: ShopDetails['deliveryDays'], language: Language): string | null {
  const [first, last] = [min ?? max, max ?? min];
  if (first === null || last === null) return null;
  const words = messagesOf('api', language);
  return first === last
    ? words.text('pageDetails.workingDays', { n: last })
    : words.text('pageDetails.workingDaysRange', { min: first, n: last });
}

const amount = (given: Money | null, language: Language): string | null =>
  given && formatMoney(given, language);

/** What texts may name of the settings, each as readers of a language see it; null where the settings have none. */
export const DETAILS: Readonly<Record<string, (details: ShopDetails, language: Language) => string | null>> =
  {
    'shop.name': ({ shopName }) => shopName,
    'shop.country': ({ country }, language) => countryName(country, language),
    'contact.email': ({ email }) => email,
    'contact.phone': ({ phone }) => phone,
    'seller.name': ({ seller }) => seller.name,
    'seller.address': ({ seller }) => seller.address.join(', '),
    'seller.taxId': ({ seller }) => seller.taxId,
    'seller.registrationNumber': ({ seller }) => seller.registrationNumber,
    'returns.withdrawalDays': ({ returnDays }, language) => days(returnDays, language),
    'delivery.days': ({ deliveryDays }, language) => workingDays(deliveryDays, language),
    'delivery.price': ({ deliveryPrice }, language) => amount(deliveryPrice, language),
    'delivery.freeFrom': ({ freeFrom }, language) => amount(freeFrom, language),
  };

/** Stands for a fact of which the settings say nothing. */
const NOTHING = '–';
const NAMED = /\{\{\s*([\w.-]*)\s*\}\}/g;

/** @throws UnknownFactError for a text that names a fact which there is not */
export function assertKnownDetails(text: string, path: readonly string[]): void {
  for (const [, name = ''] of text.matchAll(NAMED))
    if (!Object.hasOwn(DETAILS, name)) throw new UnknownFactError(name.slice(0, 60), path);
}

/** Puts what the settings say into a text. */
export type WithDetails = (text: string) => string;

export interface DetailSources {
  readonly settings: Pick<SettingsService, 'get'>;
  readonly reference: ShopConfigCache;
}

/** For texts in a language; read from what the process holds, without a statement while that is warm. */
export async function detailsIn(
  { settings, reference: cache }: DetailSources,
  language: Language,
): Promise<{ readonly inText: WithDetails; readonly inHtml: WithDetails }> {
  const [reference, shop, contact, seller, returns] = await Promise.all([
    cache.get(),
    settings.get(shopGroup),
    settings.get(contactGroup),
    settings.get(sellerGroup),
    settings.get(returnsGroup),
  ]);
  const { currency, homeCountry } = reference;
  const { shippingMethods } = quote([], { reference, place: null, shippingMethodId: null, currency });
  const [first] = shippingMethods;
  const borders = shippingMethodsFor(reference, null).flatMap(({ freeFrom }) => freeFrom ?? []);
  const details: ShopDetails = {
    ...{ shopName: shop.name, country: homeCountry, returnDays: returns.days, seller },
    ...{ email: contact.email, phone: contact.phone },
    deliveryDays: {
      min: first?.method.estimatedDaysMin ?? null,
      max: first?.method.estimatedDaysMax ?? null,
    },
    deliveryPrice: first ? money(first.price.gross, currency) : null,
    freeFrom: borders.length > 0 ? money(Math.min(...borders), currency) : null,
  };
  const inText: WithDetails = (text) =>
    text.replace(NAMED, (given, name: string) =>
      Object.hasOwn(DETAILS, name) ? (DETAILS[name]?.(details, language) ?? NOTHING) : given,
    );
  return { inText, inHtml: (html) => html.replace(NAMED, (given) => escaped(inText(given))) };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
