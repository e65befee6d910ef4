import { Arg, Query, Resolver } from 'type-graphql';
import { Public } from '../../../platform/graphql/auth-directive.js';
import { ProductAttribute, Tag } from '../variants/attribute.type.js';
import type { CatalogLookup, CategoryNode } from '../catalog-lookup.js';
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
  @ListSize(60)
  @Query(() => [Category], {
    description: 'Every category as one list: each before those below it, those beside each other in order.',
  })
  async categories(): Promise<object[]> {
    const below = (category: CategoryNode): CategoryNode[] => [category, ...category.children.flatMap(below)];
    return (await this.reference.get()).roots.flatMap(below);
  }

  @Public()
  @Query(() => Category, {
    nullable: true,
    description: 'One category. By a former slug the one that it leads to, whose slug is another then.',
  })
  async category(
    @Arg('slug', () => String, { description: 'Its present slug, or a former one.' }) slug: string,
  ): Promise<object | null> {
    const { categoryBySlug, categoryByFormerSlug } = await this.reference.get();
    return categoryBySlug.get(slug) ?? categoryByFormerSlug.get(slug) ?? null;
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
