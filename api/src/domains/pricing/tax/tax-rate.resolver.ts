import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { holdsOn } from '../../../kernel/shop-time.js';
import { localId } from '../../../kernel/ids.js';
import { currencyExponent } from '../../../kernel/money.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { taxedMoney } from '../../../platform/graphql/money.type.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { CalendarDate, CountryCode } from '../../../platform/graphql/scalars.js';
import type { ShopConfigCache } from '../shop.reference.js';
import { splitTax } from '../split-tax.js';
import type { TaxRateService } from './tax-rate.service.js';
import { namesOf } from './tax-class.resolver.js';
import { TaxRateAddInput, TaxRateDeleteInput } from './tax.input.js';
import { taxClasses, taxRateById, taxRates, type TaxRateRow } from './tax.statements.js';
import { TaxPreview, TaxRate, TaxRateDeletePayload, TaxRatePayload, TaxRateStatus } from './tax.type.js';

@Resolver(() => TaxRate)
export class TaxRateResolver {
  constructor(
    private readonly reference: ShopConfigCache,
    private readonly service: TaxRateService,
  ) {}

  @FieldResolver(() => TaxRateStatus)
  async status(@Root() rate: TaxRateRow): Promise<TaxRateStatus> {
    const today = await this.service.today();
    if (holdsOn(rate, today)) return TaxRateStatus.IN_FORCE;
    return rate.from !== null && rate.from > today ? TaxRateStatus.PLANNED : TaxRateStatus.PAST;
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(20)
  @Query(() => [TaxRate], {
    description:
      'The tax rates of all days, those that are over too: by country and class, the latest first. They are few: a country has two or three, and another one every few years.',
  })
  taxRates(
    @Arg('country', () => CountryCode, {
      nullable: true,
      description: 'Only those of this country; null for all.',
    })
    country: string | null,
    @Ctx() { database }: RequestContext,
  ): Promise<object[]> {
    return database.rows(taxRates, { country: country ?? null });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(4)
  @Query(() => [TaxPreview], {
    description: 'How goods of each class that are delivered to a country are taxed on a day.',
  })
  async taxPreview(
    @Arg('country', () => CountryCode, { description: 'Where they are delivered.' }) country: string,
    @Arg('date', () => CalendarDate, {
      nullable: true,
      description: 'The day of the order, in the time zone of the shop; today when left out.',
    })
    date: string | null,
    @Ctx() { database }: RequestContext,
  ): Promise<object[]> {
    const { homeCountry, currency } = await this.reference.get();
    const day = date ?? (await this.service.today());
    const rates = (await database.rows(taxRates, { country: null })).filter((rate) => holdsOn(rate, day));
    const classes = (await database.rows(taxClasses)).filter(({ archivedAt }) => archivedAt === null);
    const gross = 100 * 10 ** currencyExponent(currency);
    return classes.map(({ code: taxClass }) => {
      const of = (of: string): TaxRateRow | undefined =>
        rates.find((rate) => rate.countryCode === of && rate.taxClass === taxClass);
      const own = of(country);
      const rate = own ?? of(homeCountry) ?? null;
      const { net } = splitTax(gross, rate?.rateBasisPoints ?? 0);
      return {
        ...{ taxClass, rate, isFromHome: !own && country !== homeCountry },
        example: taxedMoney(net, gross, currency),
      };
    });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('NOT_FOUND', 'RATE_IN_FORCE', 'RATE_EXISTS', 'TAX_CLASS_ARCHIVED')
  @Mutation(() => TaxRatePayload, {
    description:
      'Adds a tax rate that holds from a day on, and ends the one that would have held then. Prices that buyers pay stay; orders that were placed keep their taxes.',
  })
  taxRateAdd(
    @Arg('input', () => TaxRateAddInput, { description: 'The rate.' }) input: TaxRateAddInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const actorId = actorOf(context);
      const { country, taxClass, from, translations, legalRef, ratePercent } = input;
      const keyed = keyedRequest({ actorId, operation: 'taxRateAdd' }, input);
      const basisPoints = Math.round(Number(ratePercent) * 100);
      const name = namesOf(translations);
      const rate = { country, taxClass, from, basisPoints, name, legalRef: legalRef?.trim() || null };
      const id = await this.service.add(rate, actorId, keyed);
      return { taxRate: await context.database.row(taxRateById, { id }) };
    });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('RATE_IN_FORCE')
  @Mutation(() => TaxRateDeletePayload, {
    description:
      'Deletes a tax rate that has not begun. The one before it holds as long as this one would have done.',
  })
  taxRateDelete(
    @Arg('input', () => TaxRateDeleteInput, { description: 'The rate.' }) input: TaxRateDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('trat', input.taxRateId, 'tax rate', 'taxRateId');
        await this.service.delete(id, input.expectedVersion, actorOf(context));
        return { taxRate: null, deletedTaxRateId: input.taxRateId };
      },
      async () => {
        const id = localId('trat', input.taxRateId);
        return { taxRate: id ? await context.database.row(taxRateById, { id }) : null };
      },
    );
  }
}
