import { IsOptional } from 'class-validator';
import { Arg, Ctx, Field, FieldResolver, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { Tx } from '../../../platform/database/database.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { Role } from '../../../platform/graphql/roles.js';
import { defineSettings } from '../../../platform/settings-group.js';
import {
  Settings,
  settingsOf,
  SettingsPayload,
  SettingsUpdateInput,
  shownGroup,
  updateGroup,
  type SettingsService,
} from '../../store/index.js';
import { saveLowStockThreshold } from './low-stock-threshold.js';

const MOST_UNITS = 100_000;

export const stockGroup = defineSettings(
  'stock',
  z.object({
    lowStockThreshold: z
      .int('Write a whole number of units.')
      .min(0, 'Write 0 or more units.')
      .max(MOST_UNITS, `At most ${MOST_UNITS} units.`),
  }),
);

type StockValue = z.infer<typeof stockGroup.schema>;

async function saveForStatements(tx: Tx, next: StockValue, before: StockValue): Promise<void> {
  if (next.lowStockThreshold !== before.lowStockThreshold)
    await saveLowStockThreshold(tx, next.lowStockThreshold);
}

abstract class Nothing {}

@ObjectType({ description: 'When stock counts as low.', simpleResolvers: true })
class StockSettings extends settingsOf(Nothing) {
  @Field(() => Int, {
    description:
      'From this many available units down a variant counts as low, unless it says another number itself.',
  })
  readonly lowStockThreshold!: number;
}

@InputType({ description: 'A change of when stock counts as low: what is left out stays.' })
@NeverNull<StockSettingsUpdateInput>('lowStockThreshold')
class StockSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => Int, { nullable: true, description: 'Units, 0 to 100000; with 0 nothing counts as low.' })
  @IsOptional()
  lowStockThreshold?: number;
}

@Resolver(() => Settings)
export class StockSettingsResolver {
  constructor(private readonly settings: SettingsService) {}

  @FieldResolver(() => StockSettings, { description: 'When stock counts as low.' })
  stock(): Promise<StockSettings> {
    return shownGroup(this.settings, stockGroup);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes when stock counts as low: in lists of stock and on pages of products at once, in lists of products within moments. Mails about low stock follow the next sale.',
  })
  stockSettingsUpdate(
    @Arg('input', () => StockSettingsUpdateInput, { description: 'What changes.' })
    input: StockSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, stockGroup, { input, context, check: saveForStatements });
  }
}
