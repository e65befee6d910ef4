import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Tag } from '../tags/tag.type.js';
import { ProductAttribute } from '../attributes/attribute.type.js';
import type { CatalogLookup, CategoryNode } from '../catalog-lookup.js';
import { Category, shown } from './category.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

/** Categories, attributes and tags of the shop, from the cache. */
@Resolver()
export class CategoryResolver {
  constructor(private readonly reference: CatalogLookup) {}

  @Public()
  @ListSize(10)
  @Query(() => [Category], {
    description: 'The categories at the top that are not hidden, in order, with those below them.',
  })
  async categoryTree(): Promise<object[]> {
    return shown((await this.reference.get()).roots);
  }

  @Public()
  @ListSize(60)
  @Query(() => [Category], {
    description:
      'Every category that is not hidden, as one list: each before those below it, those beside each other in order.',
  })
  async categories(
    @Arg('withHidden', () => Boolean, {
      nullable: true,
      description:
        'Also those that are hidden, and those below them. For who may read the catalog; it changes nothing for others.',
    })
    withHidden: boolean | null,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object[]> {
    const isEach = withHidden === true && viewer?.permissions.has('CATALOG_READ') === true;
    const below = (categories: readonly CategoryNode[]): CategoryNode[] =>
      (isEach ? categories : shown(categories)).flatMap((category) => [
        category,
        ...below(category.children),
      ]);
    return below((await this.reference.get()).roots);
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
