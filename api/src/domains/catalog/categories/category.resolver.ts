import { Arg, Query, Resolver } from 'type-graphql';
import { Public } from '../../../platform/graphql/auth-directive.js';
import { ProductAttribute, Tag } from '../variants/attribute.type.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { Category } from './category.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

/** Categories, attributes and tags of the shop, from the cache. */
@Resolver()
export class CategoryResolver {
  constructor(private readonly reference: CatalogLookup) {}

  @Public()
  @ListSize(10)
  @Query(() => [Category], { description: 'The categories at the top, in order, with those below them.' })
  async categoryTree(): Promise<object[]> {
    return [...(await this.reference.get()).roots];
  }

  @Public()
  @Query(() => Category, { nullable: true, description: 'One category.' })
  async category(
    @Arg('slug', () => String, { description: 'Its slug.' }) slug: string,
  ): Promise<object | null> {
    return (await this.reference.get()).categoryBySlug.get(slug) ?? null;
  }

  @Public()
  @ListSize(12)
  @Query(() => [ProductAttribute], { description: 'Every attribute with all its values.' })
  async attributes(): Promise<object[]> {
    return [...(await this.reference.get()).attributes];
  }

  @Public()
  @ListSize(20)
  @Query(() => [Tag], { description: 'Every tag.' })
  async tags(): Promise<object[]> {
    return [...(await this.reference.get()).tags];
  }
}
