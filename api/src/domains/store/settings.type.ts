import { Field, Float, Int, ObjectType } from 'type-graphql';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../platform/graphql/payload.js';
import { CountryCode, CurrencyCode, DateTime, EmailAddress, Url } from '../../platform/graphql/scalars.js';

@ObjectType({ description: 'How buyers reach the shop.', simpleResolvers: true })
export class ShopContact {
  @Field(() => EmailAddress, {
    nullable: true,
    description: 'Where buyers write to; null when none is published.',
  })
  readonly email!: string | null;

  @Field(() => String, { nullable: true, description: 'Where buyers call; null when none is published.' })
  readonly phone!: string | null;

  @ListSize(8)
  @Field(() => [Url], { description: 'Pages elsewhere, such as social networks.' })
  readonly links!: readonly string[];
}

@ObjectType({
  description: 'Who sells: the name on invoices and in the footer of the shop.',
  simpleResolvers: true,
})
export class ShopSeller {
  @Field(() => String, { description: 'The legal name.' })
  readonly name!: string;

  @ListSize(6)
  @Field(() => [String], { description: 'The lines of the address.' })
  readonly address!: readonly string[];

  @Field(() => String, { description: 'The tax number.' })
  readonly taxId!: string;

  @Field(() => String, { nullable: true, description: 'The number in the trade register; null for none.' })
  readonly registrationNumber!: string | null;
}

@ObjectType({
  description: 'What staff keep about the shop, in groups. Buyers see each change with their next request.',
})
export class Settings {}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript asks for it in the constructor of a mixin
type Class = abstract new (...args: any[]) => object;

/** A group of settings: what it holds, its version and the time of its last change. */
export function settingsOf<B extends Class>(Base: B) {
  @ObjectType({ simpleResolvers: true })
  abstract class SettingsOfGroup extends Base {
    @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
    readonly version!: number;

    @Field(() => DateTime, {
      nullable: true,
      description:
        'When it was last changed; null while nothing but the settings of the environment is known.',
    })
    readonly updatedAt!: Date | null;
  }
  return SettingsOfGroup;
}

abstract class Nothing {}

@ObjectType({ description: 'The name of the shop.', simpleResolvers: true })
export class ShopSettings extends settingsOf(Nothing) {
  @Field(() => String, { description: 'In titles, mails and search results.' })
  readonly name!: string;
}

@ObjectType({ description: 'Where the shop is.', simpleResolvers: true })
export class RegionalSettings extends settingsOf(Nothing) {
  @Field(() => CurrencyCode, {
    description: 'Of all prices, as a code of ISO 4217 such as EUR. It stays once there is an order.',
  })
  readonly currency!: string;

  @Field(() => CountryCode, {
    description:
      'Whose taxes the prices contain, where an address begins, and of telephone numbers that name no country.',
  })
  readonly homeCountry!: string;

  @Field(() => String, {
    description:
      'In which days begin and end and hours are told, as a name of the IANA database such as Europe/Paris.',
  })
  readonly timeZone!: string;
}

@ObjectType({ description: 'In which languages the shop speaks to buyers.', simpleResolvers: true })
export class LanguagesSettings extends settingsOf(Nothing) {
  @ListSize(3)
  @Field(() => [LanguageCode], {
    description: 'In which buyers may read the shop, at least one.',
  })
  readonly offered!: readonly string[];

  @ListSize(4)
  @Field(() => [LanguageCode], {
    description: 'In which staff write texts: those offered, and those that are being prepared.',
  })
  readonly kept!: readonly string[];

  @Field(() => LanguageCode, { description: 'Whose pages have no prefix in their addresses.' })
  readonly rootLanguage!: string;

  @Field(() => LanguageCode, {
    description:
      'One of those offered: of buyers who ask for none, and of texts that are not translated. Every product and category has a name in it.',
  })
  readonly defaultLanguage!: string;
}

@ObjectType({ description: 'How buyers reach the shop, as staff keep it.', simpleResolvers: true })
export class ContactSettings extends settingsOf(ShopContact) {}

@ObjectType({
  description: 'Who sells, as staff keep it. Invoices that were issued keep what they say.',
  simpleResolvers: true,
})
export class SellerSettings extends settingsOf(ShopSeller) {}

@ObjectType({ description: 'The terms of returns.', simpleResolvers: true })
export class ReturnsSettings extends settingsOf(Nothing) {
  @Field(() => Int, {
    description:
      'For how many days after they arrived buyers may ask to send goods back; 0 when they may not.',
  })
  readonly days!: number;
}

@ObjectType({
  description:
    'For how long stock is held. What is held already keeps its end; carts and orders from the next one on are held as long as is said here.',
  simpleResolvers: true,
})
export class HoldsSettings extends settingsOf(Nothing) {
  @Field(() => Float, { description: 'Minutes for an order that is being paid by card.' })
  readonly checkoutMinutes!: number;

  @Field(() => Float, { description: 'Days for an order that waits for a bank transfer.' })
  readonly transferDays!: number;

  @Field(() => Float, {
    description:
      'Minutes after the last change of a cart, in a shop whose carts hold stock (STOCK_HOLD=cart).',
  })
  readonly cartMinutes!: number;
}

@ObjectType({ description: 'All settings after a change.', simpleResolvers: true })
export class SettingsPayload extends Payload {
  @Field(() => Settings, { nullable: true, description: 'The settings as they are now, also when refused.' })
  settings!: object | null;
}
