import { Ctx, Query, Resolver } from 'type-graphql';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Clock } from '../../kernel/clock.js';
import { money } from '../../kernel/money.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import type { PaymentMethod, PaymentProviders } from '../payments/index.js';
import { quote, shippingMethodsFor, type ShopConfigCache } from '../pricing/index.js';
import {
  brandGroup,
  contactGroup,
  languagesGroup,
  regionalGroup,
  returnsGroup,
  sellerGroup,
  shopGroup,
  shownBrand,
  shownHoliday,
  type SettingsService,
  type ShopWords,
} from '../store/index.js';
import { Role } from '../../platform/graphql/roles.js';
import { Shop, type PaymentConfig } from './checkout.type.js';
import { namedCountries } from './named-countries.js';
import type { OfferedMethods } from './offered-methods.js';
import { takingOrders } from './taking-orders.js';

export interface ShopIdentity {
  readonly settings: SettingsService;
  readonly words: Pick<ShopWords, 'ofPages'>;
  readonly providers: PaymentProviders;
  readonly offered: OfferedMethods;
  readonly storage: Pick<FileStorage, 'url'>;
  readonly clock: Clock;
}

@Resolver()
export class ShopResolver {
  constructor(
    private readonly reference: ShopConfigCache,
    private readonly identity: ShopIdentity,
  ) {}

  @Public()
  @Query(() => Shop, { description: 'The shop itself: currency, languages, countries, payment.' })
  async shop(@Ctx() { language, defaultLanguage, viewer }: RequestContext): Promise<Shop> {
    const reference = await this.reference.get();
    const { currency, taxMode } = reference;
    const { offered, settings, words, storage, clock } = this.identity;
    const [{ name }, brand, languages, { timeZone }, contact, seller, { days }, taking, methods] =
      await Promise.all([
        settings.get(shopGroup),
        settings.get(brandGroup),
        settings.get(languagesGroup),
        settings.get(regionalGroup),
        settings.get(contactGroup),
        settings.get(sellerGroup),
        settings.get(returnsGroup),
        takingOrders(settings),
        offered.list(),
      ]);
    const [payment, ...more] = this.paymentProviders(methods);
    if (!payment) throw new Error('No provider takes payments');
    const borders = shippingMethodsFor(reference, null).flatMap(({ freeFrom }) =>
      freeFrom === null ? [] : [freeFrom],
    );
    const { shippingMethods } = quote([], { reference, place: null, shippingMethodId: null, currency });
    return {
      ...{ name, isOpen: taking.isOpen },
      currency,
      taxMode,
      payment,
      paymentProviders: [payment, ...more],
      paymentMethods: [...methods],
      defaultLanguage: languages.defaultLanguage,
      languages: languages.offered,
      rootLanguage: languages.rootLanguage,
      contentLanguages: viewer && viewer.role !== Role.CUSTOMER ? languages.kept : null,
      wordsVersion: (await words.ofPages(language)).version,
      homeCountry: reference.homeCountry,
      countries: namedCountries(reference.countries, {
        ...{ language, homeCountry: reference.homeCountry },
      }),
      returnDays: days,
      timeZone,
      holiday: shownHoliday(taking.holiday, { now: clock.now(), language, defaultLanguage }),
      ...{ contact, seller, brand: shownBrand(brand, storage) },
      shippingMethods: [...shippingMethods],
      freeShippingFrom: borders.length > 0 ? money(Math.min(...borders), currency) : null,
    };
  }

  private paymentProviders(paymentMethods: readonly PaymentMethod[]): PaymentConfig[] {
    return this.identity.providers.offers().map(({ name: provider, publishableKey, methods }) => ({
      ...{ provider, publishableKey },
      methods: methods.filter((method) => paymentMethods.includes(method)),
    }));
  }
}
