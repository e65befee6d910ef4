import { regionsOf } from '../../../kernel/address/regions.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import { PaymentMethod, paymentsGroup, type PaymentProviders } from '../../payments/index.js';
import { shippingMethodsFor, type Reference, type ShopConfigCache } from '../../pricing/index.js';
import {
  contactGroup,
  isNobody,
  regionalGroup,
  sellerGroup,
  taxGroup,
  writtenMention,
  type SettingsService,
} from '../../store/index.js';

/** What a shop needs before strangers buy in it. */
export enum GoLiveCode {
  SELLER = 'SELLER',
  PRODUCT = 'PRODUCT',
  DELIVERY = 'DELIVERY',
  PAYMENT = 'PAYMENT',
  TEXTS = 'TEXTS',
  MAIL = 'MAIL',
  ADDRESS = 'ADDRESS',
  TAX = 'TAX',
  DELIVERY_ABROAD = 'DELIVERY_ABROAD',
}

export interface GoLiveState {
  readonly code: GoLiveCode;
  /** Whether the shop does not open without it; else it is advised. */
  readonly isRequired: boolean;
  readonly isMet: boolean;
}

export interface ChecklistDeps {
  readonly database: Database;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly reference: Pick<ShopConfigCache, 'get'>;
  readonly providers: Pick<PaymentProviders, 'offers'>;
  /** Whether mails leave the shop, and are not only shown in it. */
  readonly sendsMails: () => boolean;
  readonly storefrontUrl: string;
  readonly isProduction: boolean;
}

/** A shipment that any shop takes: half a kilogram. */
const GRAMS = 500;
/** The countries whose laws name a sentence for invoices without tax that the program knows. */
const KNOWN_MENTIONS = new Set(['RO', 'FR']);

const readStored = statement('setup.stored', {
  row: { isThere: t.boolean, price: t.int, hasTexts: t.boolean },
  sql: `SELECT EXISTS (SELECT FROM product p JOIN variant_listing l ON l.product_id = p.id
       WHERE p.status = 'ACTIVE' AND l.buyable AND l.price > 0
         AND EXISTS (SELECT FROM product_image i WHERE i.product_id = p.id)) AS "isThere",
     coalesce((SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY l.price) FROM product p
       JOIN variant_listing l ON l.product_id = p.id WHERE p.status = 'ACTIVE'), 0) AS price,
     NOT EXISTS (SELECT FROM page WHERE (kind = 'LEGAL' OR key = 'shipping-returns')
       AND (start_text OR published_id IS NULL)) AS "hasTexts"`,
});

/**
 * What stands between a shop and its opening. Each item is true by what is stored at this moment, and by nothing that
 * somebody ticked: what was met and is not any more is missing again.
 */
export class GoLiveChecklist {
  constructor(private readonly deps: ChecklistDeps) {}

  async items(): Promise<readonly GoLiveState[]> {
    const { database, settings, sendsMails, isProduction, storefrontUrl } = this.deps;
    const reference = await this.deps.reference.get();
    const stored = await database.row(readStored);
    const price = stored?.price ?? 0;
    const required = (code: GoLiveCode, isMet: boolean, isRequired = true): GoLiveState => ({
      ...{ code, isRequired, isMet },
    });
    const { homeCountry } = await settings.get(regionalGroup);
    return [
      required(GoLiveCode.SELLER, await this.namesSeller(homeCountry)),
      required(GoLiveCode.PRODUCT, stored?.isThere ?? false),
      required(GoLiveCode.DELIVERY, deliversAtHome(reference, price)),
      required(GoLiveCode.PAYMENT, await this.takesMoney(reference)),
      required(GoLiveCode.TEXTS, stored?.hasTexts ?? false),
      required(GoLiveCode.MAIL, sendsMails(), isProduction),
      ...(isProduction ? [required(GoLiveCode.ADDRESS, storefrontUrl.startsWith('https://'))] : []),
      required(GoLiveCode.TAX, await this.knowsTax(reference, homeCountry), false),
      required(GoLiveCode.DELIVERY_ABROAD, deliversAbroad(reference), false),
    ];
  }

  private async namesSeller(homeCountry: string): Promise<boolean> {
    const { settings } = this.deps;
    const [seller, { email }] = [await settings.get(sellerGroup), await settings.get(contactGroup)];
    const hasNumber = homeCountry !== 'RO' || seller.registrationNumber !== null;
    return !isNobody(seller) && hasNumber && email !== null;
  }

  /** Cards by a provider that takes real money, cash with a courier at home, or transfers to an account. */
  private async takesMoney(reference: Reference): Promise<boolean> {
    const { methods, transferIban } = await this.deps.settings.get(paymentsGroup);
    const takesCards = this.deps.providers
      .offers()
      .some(
        ({ methods: taken, publishableKey }) =>
          taken.includes(PaymentMethod.CARD) && publishableKey !== null && !publishableKey.includes('_test_'),
      );
    const hasCourier = shippingMethodsFor(reference, null).some(({ kind }) => kind === 'COURIER');
    return methods.some(
      (method) =>
        (method === PaymentMethod.CARD && takesCards) ||
        (method === PaymentMethod.CASH_ON_DELIVERY && hasCourier) ||
        (method === PaymentMethod.BANK_TRANSFER && transferIban !== null),
    );
  }

  private async knowsTax({ taxMode }: Reference, homeCountry: string): Promise<boolean> {
    const registration = await this.deps.settings.get(taxGroup);
    if (taxMode === 'TAXED') return true;
    return KNOWN_MENTIONS.has(homeCountry) || Object.keys(writtenMention(registration)).length > 0;
  }
}

/** Whether goods at the median price find a way to each county of the home country. */
function deliversAtHome(reference: Reference, price: number): boolean {
  const { homeCountry, currency } = reference;
  const shipment = { currency, items: [{ quantity: 1, weightGrams: GRAMS, gross: price }] };
  const counties = regionsOf(homeCountry).map(({ code }) => code);
  return (counties.length > 0 ? counties : [null]).every((region) =>
    shippingMethodsFor(reference, { countryCode: homeCountry, region, postalCode: null }).some(
      (method) => method.offer(shipment, homeCountry).price !== null,
    ),
  );
}

/** Whether each other country of the zones has a way of delivery: its buyers see it in the checkout. */
function deliversAbroad(reference: Reference): boolean {
  return reference.countries.every(
    ({ code }) =>
      code === reference.homeCountry ||
      shippingMethodsFor(reference, { countryCode: code, region: null, postalCode: null }).length > 0,
  );
}
