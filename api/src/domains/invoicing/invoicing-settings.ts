import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { IsOptional } from 'class-validator';
import { z } from 'zod';
import { DomainError } from '../../kernel/errors.js';
import { statement, type Tx, t } from '../../platform/database/database.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { Role } from '../../platform/graphql/roles.js';
import { defineSettings } from '../../platform/settings-group.js';
import {
  Settings,
  settingsOf,
  SettingsPayload,
  SettingsUpdateInput,
  shownGroup,
  updateGroup,
  type SettingsService,
} from '../store/index.js';

export const invoicingGroup = defineSettings(
  'invoicing',
  z.object({
    series: z
      .string()
      .trim()
      .regex(/^[A-Z0-9]{1,10}$/, 'Write 1 to 10 capital letters or digits, such as LL.'),
  }),
);

const lastNumber = statement('invoicing.last-number', {
  params: { series: t.text },
  row: { last: t.int },
  sql: 'SELECT last_number AS last FROM invoice_series WHERE code = :series',
});

/**
 * Numbers of a series that was begun stay in one row without a gap: the series cannot be left.
 *
 * A document that is being issued meanwhile may take the first number of the series that is left here. Both series then
 * begin at 1 and have no gap.
 *
 * @throws DomainError SERIES_LOCKED once the series gave a number
 */
async function refuseLeavingSeries(
  tx: Tx,
  next: { readonly series: string },
  before: { readonly series: string },
): Promise<void> {
  if (next.series === before.series) return;
  const begun = await tx.row(lastNumber, { series: before.series });
  if (begun && begun.last > 0)
    throw new DomainError('SERIES_LOCKED', `The series ${before.series} gave ${begun.last} numbers.`, [
      'series',
    ]);
}

abstract class Nothing {}

/**
 * Begins another series, which the API refuses once the present one gave a number: for a restored backup, whose numbers
 * were given out already, and for whoever keeps the books by year.
 *
 * @throws DomainError SERIES_LOCKED for a series that gave numbers before, or InvalidInputError
 */
export function beginSeries(settings: SettingsService, series: string): Promise<void> {
  return settings.update(invoicingGroup, {
    ...{ changes: { series }, expectedVersion: null, actorId: null },
    check: async (tx, next) => {
      const begun = await tx.row(lastNumber, { series: next.series });
      if (begun && begun.last > 0)
        throw new DomainError(
          'SERIES_LOCKED',
          `The series ${next.series} gave ${begun.last} numbers before.`,
          ['series'],
        );
    },
  });
}

@ObjectType({ description: 'How invoices are numbered.', simpleResolvers: true })
class InvoicingSettings extends settingsOf(Nothing) {
  @Field(() => String, { description: 'The letters before the number: 1 to 10 capital letters or digits.' })
  readonly series!: string;
}

@NeverNull<InvoicingSettingsUpdateInput>('series')
@InputType({ description: 'A change of how invoices are numbered: what is left out stays.' })
class InvoicingSettingsUpdateInput extends SettingsUpdateInput {
  @UserErrors('SERIES_LOCKED')
  @Field(() => String, {
    nullable: true,
    description:
      'The letters before the number; SERIES_LOCKED once an invoice has a number of the present series.',
  })
  @IsOptional()
  series?: string;
}

@Resolver(() => Settings)
export class InvoicingSettingsResolver {
  constructor(private readonly settings: SettingsService) {}

  @FieldResolver(() => InvoicingSettings, { description: 'How invoices are numbered.' })
  invoicing(): Promise<InvoicingSettings> {
    return shownGroup(this.settings, invoicingGroup);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description: 'Changes how invoices are numbered, before the first one.',
  })
  invoicingSettingsUpdate(
    @Arg('input', () => InvoicingSettingsUpdateInput, { description: 'What changes.' })
    input: InvoicingSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, invoicingGroup, { input, context, check: refuseLeavingSeries });
  }
}
