import { Ctx, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import { statement, t } from '../../platform/database/database.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Settings } from '../store/index.js';

// The first version is what the environment said.
const lastChanges = statement('identity.last-changes-of-settings', {
  row: { group: t.text, at: t.timestamp, by: t.text.orNull },
  sql: `SELECT s.key AS group, s.updated_at AS at, u.first_name || ' ' || u.last_name AS by
   FROM shop_setting s LEFT JOIN app_user u ON u.id = s.updated_by WHERE s.version > 1 ORDER BY s.updated_at DESC, s.key`,
});

@ObjectType({ description: 'The last change of a group of settings.', simpleResolvers: true })
class SettingsChange {
  @Field(() => String, { description: 'The field of `Settings` with what was changed, such as returns.' })
  readonly group!: string;

  @Field(() => DateTime, { description: 'When.' })
  readonly at!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of who changed it; null for a command of the operator and an account that is gone.',
  })
  readonly by!: string | null;
}

@Resolver(() => Settings)
export class SettingsChangesResolver {
  @ListSize(20)
  @FieldResolver(() => [SettingsChange], {
    description:
      'The last change of each group that was ever changed, newest first. All of them for 90 days (KEEP_EVENTS_DAYS): the event settings.changed.',
  })
  lastChanges(@Ctx() { database }: RequestContext): Promise<SettingsChange[]> {
    return database.rows(lastChanges);
  }
}
