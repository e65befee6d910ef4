import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { catalogLoaders, type ProductSearch } from '../../catalog/index.js';
import { ProductsBlock } from './block.type.js';
import { PageProductSource } from './stored-block.js';

/** Rules may find what the page has shown above. */
const SPARE = 4;
const MOST = 12;

interface StoredProducts {
  readonly source: PageProductSource;
  readonly count: number;
  readonly productIds: readonly string[];
  readonly categoryIds: readonly string[];
}

@Resolver(() => ProductsBlock)
export class ProductsBlockResolver {
  constructor(
    private readonly search: ProductSearch,
    private readonly slugOfCategory: (id: string) => Promise<string | null>,
  ) {}

  @FieldResolver()
  async products(
    @Root() { source, count, productIds, categoryIds }: StoredProducts,
    @Ctx() context: RequestContext,
  ): Promise<readonly object[]> {
    if (source === PageProductSource.CHOSEN) {
      const found = await Promise.all(productIds.map((id) => catalogLoaders(context).productById.load(id)));
      return found.filter((product) => product?.status === 'ACTIVE') as object[];
    }
    const filter = await this.filterOf(source, categoryIds);
    if (!filter) return [];
    const list = await this.search.products({ first: Math.min(MOST, count + SPARE), sort: 'NEWEST', filter });
    return list.nodes;
  }

  private async filterOf(source: PageProductSource, categoryIds: readonly string[]) {
    if (source === PageProductSource.FEATURED) return { featured: true };
    if (source === PageProductSource.NEWEST) return {};
    const [id] = categoryIds;
    const category = id ? await this.slugOfCategory(id) : null;
    return category && { category };
  }
}
