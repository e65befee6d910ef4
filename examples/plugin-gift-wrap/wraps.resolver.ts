import {
  Arg,
  asPayload,
  Auth,
  DomainError,
  Field,
  GlobalId,
  ID,
  InputType,
  Int,
  InvalidInputError,
  LANGUAGES,
  LanguageCode,
  ListSize,
  Localized,
  MinorUnits,
  Mutation,
  newId,
  Node,
  NotFoundError,
  ObjectType,
  Payload,
  Public,
  Query,
  requireId,
  Resolver,
  Role,
  UserErrors,
  type Database,
  type Language,
  type LocalizedText,
} from '@vitrine/api/plugin';
import { allWraps, insertWrap, updateWrap, wrapById, type WrapRow } from './statements.js';

@ObjectType({ description: 'The name of a gift wrap in one language.', simpleResolvers: true })
class GiftWrapTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  language!: Language;

  @Field(() => String, { description: 'The name.' })
  name!: string;
}

@InputType({ description: 'The name of a gift wrap in one language.' })
class GiftWrapTranslationInput {
  @Field(() => LanguageCode, { description: 'The language.' })
  language!: Language;

  @Field(() => String, { description: 'The name, at most 80 characters.' })
  name!: string;
}

@ObjectType({
  implements: Node,
  description: 'A kind of paper in which an order is wrapped.',
  simpleResolvers: true,
})
export class GiftWrap extends Node {
  @GlobalId('wrap')
  override id!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  name!: string;

  @Field(() => MinorUnits, { description: "What it costs, tax included, in the shop's currency." })
  price!: number;

  @Field(() => Boolean, { description: 'Whether buyers may choose it. Carts that have it already keep it.' })
  active!: boolean;

  @Field(() => Int, { description: 'Grows with each change.' })
  version!: number;

  @ListSize(3)
  @Field(() => [GiftWrapTranslation], { description: 'Its name in all languages that it has one in.' })
  translations!: GiftWrapTranslation[];
}

/** A row as the API shows it. `name` stays the texts of all languages: the type chooses among them. */
export const shown = (row: WrapRow) => ({
  ...row,
  translations: LANGUAGES.flatMap((language) => {
    const name = row.name[language];
    return name ? [{ language, name }] : [];
  }),
});

@InputType({ description: 'A gift wrap as it is to be.' })
class GiftWrapInput {
  @Field(() => [GiftWrapTranslationInput], { description: 'Its names; one at least.' })
  translations!: GiftWrapTranslationInput[];

  @Field(() => MinorUnits, { description: "What it costs, tax included, in the shop's currency." })
  price!: number;

  @Field(() => Boolean, { description: 'Whether buyers may choose it.' })
  active!: boolean;
}

@InputType({ description: 'A change of a gift wrap.' })
class GiftWrapUpdateInput extends GiftWrapInput {
  @Field(() => ID, { description: 'The gift wrap.' })
  giftWrapId!: string;

  @Field(() => Int, { description: 'The version that was read; an older one is refused with STALE_VERSION.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'The gift wrap as it is now.', simpleResolvers: true })
class GiftWrapPayload extends Payload {
  @Field(() => GiftWrap, { nullable: true, description: 'The gift wrap; null when a new one was refused.' })
  giftWrap!: object | null;
}

/** The kinds of wrap: all of them for staff, those on offer for everybody. */
@Resolver()
export class GiftWrapResolver {
  constructor(private readonly database: Database) {}

  @Public()
  @ListSize(10)
  @Query(() => [GiftWrap], { description: 'The gift wraps that buyers may choose.' })
  async giftWrapsOffered(): Promise<object[]> {
    return (await this.database.rows(allWraps)).filter(({ active }) => active).map(shown);
  }

  @Auth(Role.MANAGER, 'GIFT_WRAP_WRITE')
  @ListSize(10)
  @Query(() => [GiftWrap], { description: 'All gift wraps, those too that are no longer offered.' })
  async giftWraps(): Promise<object[]> {
    return (await this.database.rows(allWraps)).map(shown);
  }

  @Auth(Role.MANAGER, 'GIFT_WRAP_WRITE')
  @UserErrors('INVALID_INPUT')
  @Mutation(() => GiftWrapPayload, { description: 'Offers another gift wrap.' })
  giftWrapCreate(
    @Arg('input', () => GiftWrapInput, { description: 'The gift wrap.' }) input: GiftWrapInput,
  ): Promise<GiftWrapPayload> {
    return asPayload(input, async () => {
      const row = await this.database.row(insertWrap, { id: newId(), ...valuesOf(input) });
      return { giftWrap: row && shown(row) };
    });
  }

  @Auth(Role.MANAGER, 'GIFT_WRAP_WRITE')
  @UserErrors('INVALID_INPUT', 'NOT_FOUND', 'STALE_VERSION')
  @Mutation(() => GiftWrapPayload, { description: 'Changes a gift wrap. Placed orders keep what they have.' })
  giftWrapUpdate(
    @Arg('input', () => GiftWrapUpdateInput, { description: 'The change.' }) input: GiftWrapUpdateInput,
  ): Promise<GiftWrapPayload> {
    const id = requireId('wrap', input.giftWrapId, 'gift wrap', 'giftWrapId');
    const { expectedVersion } = input;
    const asItIs = async () => {
      const row = await this.database.row(wrapById, { id });
      return { giftWrap: row && shown(row) };
    };
    return asPayload(
      input,
      async () => {
        const row = await this.database.row(updateWrap, { id, expectedVersion, ...valuesOf(input) });
        if (row) return { giftWrap: shown(row) };
        if ((await asItIs()).giftWrap)
          throw new DomainError('STALE_VERSION', 'It was changed meanwhile.', null);
        throw new NotFoundError('gift wrap');
      },
      asItIs,
    );
  }
}

/** @throws InvalidInputError for a price below zero, and for names that are missing or too long */
function valuesOf({ translations, price, active }: GiftWrapInput) {
  const name: LocalizedText = {};
  for (const { language, name: text } of translations) if (text.trim()) name[language] = text.trim();
  const texts = Object.values(name);
  if (texts.length === 0 || texts.some((text) => (text ?? '').length > 80))
    throw new InvalidInputError('Give it a name of at most 80 characters.', ['translations']);
  if (price < 0) throw new InvalidInputError('A price is not below zero.', ['price']);
  return { name, price, active };
}
