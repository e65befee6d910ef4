import DataLoader from 'dataloader';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { perRequest } from '../../../platform/graphql/context.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { TagNode } from '../catalog-lookup.js';
import { NameTranslation, nameTranslations } from '../terms/name-translation.js';
import { productsByTag } from './tag.statements.js';

const tagLoaders = perRequest(({ database }) => ({
  productCount: new DataLoader<string, number>(async (ids) => {
    const counts = new Map((await database.rows(productsByTag, { ids })).map(({ id, count }) => [id, count]));
    return ids.map((id) => counts.get(id) ?? 0);
  }),
}));

@ObjectType({ description: 'A tag of products.', simpleResolvers: true })
export class Tag {
  @GlobalId('tag')
  readonly id!: string;

  @Field(() => String, { description: 'Its name in addresses and filters.' })
  readonly slug!: string;

  @Localized({ description: 'The name, in the language of the request.' })
  readonly name!: string;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<TagNode>(() => [NameTranslation], nameTranslations, {
    nullable: true,
    description: 'Its names in every language that it has one in. Staff only.',
  })
  readonly translations!: NameTranslation[] | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<TagNode>(() => Int, ({ id }, context) => tagLoaders(context).productCount.load(id), {
    nullable: true,
    description: 'How many products have it, of any status. Staff only.',
  })
  readonly productCount!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, {
    nullable: true,
    description: 'Goes up with each change; give it as expectedVersion. Staff only.',
  })
  readonly version!: number | null;
}

@ObjectType({ description: 'The tag as it is now.', simpleResolvers: true })
export class TagPayload extends Payload {
  @Field(() => Tag, {
    nullable: true,
    description: 'The tag as it is now, also when refused; null when there is none.',
  })
  tag!: object | null;
}

@ObjectType({ description: 'What became of the tag.', simpleResolvers: true })
export class TagDeletePayload extends TagPayload {
  @Field(() => ID, { nullable: true, description: 'The deleted tag; null when refused.' })
  deletedTagId?: string | null;
}
