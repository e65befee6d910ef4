import { Field, ObjectType } from 'type-graphql';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { DateTime } from '../../platform/graphql/scalars.js';

@ObjectType({
  description:
    'When a plugin failed last where it takes part in a transaction of the shop. What was thrown is in the log.',
  simpleResolvers: true,
})
export class PluginFault {
  @Field(() => DateTime, {
    description: 'When the first fault of that hour came: the owner is told once an hour.',
  })
  readonly at!: Date;

  @Field(() => String, { description: 'The hook in which it failed, such as checkout.beforePlace.' })
  readonly hook!: string;
}

@ObjectType({
  description: 'A plugin that vitrine.config.ts names, and what it adds to the shop.',
  simpleResolvers: true,
})
export class Plugin {
  @Field(() => String, { description: 'Its name, unique in the shop.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'The version that it says; null when it says none.' })
  readonly version!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, in its own English words.' })
  readonly description!: string | null;

  @ListSize(10)
  @Field(() => [String], { description: 'The fields of this schema that it brings: `Cart.giftWrap`.' })
  readonly fields!: readonly string[];

  @ListSize(5)
  @Field(() => [String], { description: 'The hooks in which it takes part in transactions of the shop.' })
  readonly hooks!: readonly string[];

  @ListSize(5)
  @Field(() => [String], { description: 'Its tables; they stay when it is removed from the configuration.' })
  readonly tables!: readonly string[];

  @ListSize(5)
  @Field(() => [String], {
    description:
      'The rules of which staff may choose one, such as how a delivery is priced: `giftWrap.boxes`.',
  })
  readonly strategies!: readonly string[];

  @ListSize(5)
  @Field(() => [String], { description: 'The permissions that it asks for.' })
  readonly permissions!: readonly string[];

  @ListSize(5)
  @Field(() => [String], { description: 'The services outside the shop whose values staff keep for it.' })
  readonly integrations!: readonly string[];

  @Field(() => PluginFault, {
    nullable: true,
    description: 'Its last fault in a hook within 90 days (KEEP_EVENTS_DAYS); null when there was none.',
  })
  readonly lastFault!: PluginFault | null;
}
