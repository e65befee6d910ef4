import DataLoader from 'dataloader';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, perRequest, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { ratePercent } from '../../../platform/graphql/tax-line.type.js';
import { findTaxRate, type ShopConfigCache } from '../shop.reference.js';
import type { TaxClassService } from './tax-class.service.js';
import {
  TaxClassArchiveInput,
  TaxClassCreateInput,
  TaxClassUpdateInput,
  type TaxTranslationInput,
} from './tax.input.js';
import { productsOfClass, taxClassById, taxClasses, type TaxClassRow } from './tax.statements.js';
import { TaxClass, TaxClassPayload } from './tax.type.js';

const productCounts = perRequest(
  ({ database }) =>
    new DataLoader<string, number>(async (codes) => {
      const counts = await database.rows(productsOfClass, { codes: [...codes] });
      return codes.map((code) => counts.find((one) => one.code === code)?.count ?? 0);
    }),
);

@Resolver(() => TaxClass)
export class TaxClassResolver {
  constructor(
    private readonly reference: ShopConfigCache,
    private readonly service: TaxClassService,
  ) {}

  @FieldResolver(() => String, { nullable: true })
  async ratePercent(@Root() { code }: TaxClassRow): Promise<string | null> {
    const rate = findTaxRate(await this.reference.get(), null, code);
    return rate ? ratePercent(rate.rateBasisPoints) : null;
  }

  @FieldResolver(() => Int)
  productCount(@Root() { code }: TaxClassRow, @Ctx() context: RequestContext): Promise<number> {
    return productCounts(context).load(code);
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(4)
  @Query(() => [TaxClass], {
    description:
      'All tax classes, dearest first. A product can be put into one that has a rate at home and is not archived.',
  })
  async taxClasses(@Ctx() { database }: RequestContext): Promise<object[]> {
    const reference = await this.reference.get();
    const rateOf = ({ code }: TaxClassRow): number =>
      findTaxRate(reference, null, code)?.rateBasisPoints ?? -1;
    const classes = await database.rows(taxClasses);
    return classes.toSorted((one, other) => rateOf(other) - rateOf(one) || (one.code < other.code ? -1 : 1));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('TAX_CLASS_EXISTS', 'TOO_MANY_TAX_CLASSES')
  @Mutation(() => TaxClassPayload, { description: 'Makes a tax class, such as one for books.' })
  taxClassCreate(
    @Arg('input', () => TaxClassCreateInput, { description: 'The tax class.' }) input: TaxClassCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const actorId = actorOf(context);
      const { code, translations } = input;
      const keyed = keyedRequest({ actorId, operation: 'taxClassCreate' }, input);
      const id = await this.service.create({ code, name: namesOf(translations) }, actorId, keyed);
      return { taxClass: await context.database.row(taxClassById, { id }) };
    });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => TaxClassPayload, { description: 'Renames a tax class.' })
  taxClassUpdate(
    @Arg('input', () => TaxClassUpdateInput, { description: 'The names.' }) input: TaxClassUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { expectedVersion, translations } = input;
    return this.change(input, context, (id, actorId) =>
      this.service.rename(id, { name: namesOf(translations), expectedVersion }, actorId),
    );
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('TAX_CLASS_IN_USE')
  @Mutation(() => TaxClassPayload, {
    description:
      'Archives a tax class that no product is in, or takes it back. What was ordered keeps its taxes.',
  })
  taxClassArchive(
    @Arg('input', () => TaxClassArchiveInput, { description: 'The tax class.' }) input: TaxClassArchiveInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { expectedVersion, isArchived } = input;
    return this.change(input, context, (id, actorId) =>
      this.service.archive(id, { isArchived: isArchived ?? true, expectedVersion }, actorId),
    );
  }

  private change(
    input: { readonly taxClassId: string },
    context: RequestContext,
    work: (id: string, actorId: string) => Promise<void>,
  ): Promise<object> {
    const asItIs = async (): Promise<{ taxClass: object | null }> => {
      const id = localId('tcls', input.taxClassId);
      return { taxClass: id ? await context.database.row(taxClassById, { id }) : null };
    };
    return asPayload(
      input,
      async () => {
        await work(requireId('tcls', input.taxClassId, 'tax class', 'taxClassId'), actorOf(context));
        return asItIs();
      },
      asItIs,
    );
  }
}

/** Translations of an input by language; the last of two of one language holds. */
export function namesOf(translations: readonly TaxTranslationInput[] = []): LocalizedText {
  return Object.fromEntries(translations.map(({ locale, name }) => [locale, name.trim()]));
}
