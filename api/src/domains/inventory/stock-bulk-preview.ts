import { Arg, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { anyOfIds } from '../../kernel/any-of.js';
import { statement, t } from '../../platform/database/database.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Role } from '../../platform/graphql/roles.js';
import { readAdjusting, StockAdjustFields } from './stock-bulk.js';
import { MOST } from './stock.input.js';

@InputType({ description: 'An adjustment of stock that is not begun yet.' })
export class StockBulkAdjustPreviewInput extends StockAdjustFields {
  @Field(() => [ID], { description: 'The variants, at most 100.' })
  variantIds!: string[];
}

@ObjectType({
  description: 'What an adjustment of the stock of several variants would do now.',
  simpleResolvers: true,
})
export class StockBulkAdjustPreview {
  @Field(() => Int, { description: 'How many variants would change.' })
  variants!: number;

  @Field(() => Int, { description: 'Units that would be added, of all of them together.' })
  added!: number;

  @Field(() => Int, { description: 'Units that would be taken away, of all of them together.' })
  removed!: number;

  @Field(() => Int, {
    description:
      'How many variants would stay as they are because more of them is reserved at the location, or because there would be more than 1,000,000.',
  })
  refused!: number;
}

/** The sum over the chosen variants, by the same rule as `StockKeepingService.adjustIn`; no row without the location. */
const foreseen = statement('inventory.bulk-adjust-preview', {
  params: { ids: t.uuids, locationId: t.uuid, mode: t.text, quantity: t.int },
  row: { variants: t.int, added: t.int, removed: t.int, refused: t.int },
  sql: `SELECT count(*) FILTER (WHERE change <> 0 AND NOT refused)::int AS variants,
     coalesce(sum(change) FILTER (WHERE change > 0 AND NOT refused), 0)::int AS added,
     coalesce(-sum(change) FILTER (WHERE change < 0 AND NOT refused), 0)::int AS removed,
     count(*) FILTER (WHERE refused)::int AS refused
   FROM (SELECT change, change < 0 AND free < -change OR on_hand + change > ${MOST} AS refused
     FROM (SELECT coalesce(s.on_hand, 0) AS on_hand, coalesce(s.on_hand - s.reserved, 0) AS free,
         CASE :mode::text WHEN 'SET' THEN :quantity::int - coalesce(s.on_hand, 0) ELSE :quantity::int END AS change
       FROM variant v LEFT JOIN stock_level s ON s.variant_id = v.id AND s.location_id = :locationId
       WHERE v.id = ANY(:ids::uuid[]) AND v.deleted_at IS NULL) stock) changes
   HAVING EXISTS (SELECT FROM stock_location WHERE id = :locationId)`,
});

@Resolver()
export class StockBulkResolver {
  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @Query(() => StockBulkAdjustPreview, {
    nullable: true,
    description:
      'What `stockBulkAdjust` would do to these variants now; null when there is no such location.',
  })
  async stockBulkAdjustPreview(
    @Arg('input', () => StockBulkAdjustPreviewInput, { description: 'Which variants, and what is adjusted.' })
    { variantIds, ...fields }: StockBulkAdjustPreviewInput,
    @Ctx() { database }: RequestContext,
  ): Promise<StockBulkAdjustPreview | null> {
    const ids = anyOfIds('vari', variantIds) ?? [];
    return database.row(foreseen, { ids, ...readAdjusting(fields) });
  }
}
