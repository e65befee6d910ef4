import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import { ProductSort } from './catalog.enums.js';
import { catalogLoaders } from './catalog.loaders.js';
import { ProductConnection, ProductFilter, SearchSuggestions } from './product-connection.type.js';
import type { ProductSearch } from './product-search.js';
import { Product } from './product.type.js';
import { Cost } from '../../platform/graphql/cost-directives.js';

@ArgsType()
export class ProductsArguments {
  @Field(() => Int, { nullable: true, defaultValue: 24, description: 'How many, 1 to 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'endCursor of the page before.' })
  after?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of name, text, category, SKU (with or without its hyphens) or barcode, in any of the languages; the last may be unfinished. "Quotes" and -without work.',
  })
  search?: string | null;

  @Field(() => ProductFilter, { nullable: true, description: 'What the list is narrowed to.' })
  filter?: ProductFilter | null;

  @Field(() => ProductSort, { nullable: true, defaultValue: ProductSort.NEWEST, description: 'The order.' })
  sort?: ProductSort | null;
}

@Resolver(() => Product)
export class ProductResolver {
  constructor(private readonly search: ProductSearch) {}

  @Public()
  @Cost(25)
  @Query(() => ProductConnection, { description: 'Products on sale.' })
  products(@Args(() => ProductsArguments) args: ProductsArguments): Promise<object> {
    return this.search.products(args);
  }

  @Public()
  @Query(() => Product, {
    nullable: true,
    description:
      'A product on sale. A former slug answers with the product under its present one: redirect when they differ.',
  })
  async product(
    @Arg('slug', () => String, { description: 'Present or former slug.' }) slug: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const product = await this.search.productBySlug(slug);
    if (product) catalogLoaders(context).productById.prime(product.id, product);
    return product;
  }

  @Public()
  @Cost(25)
  @Query(() => SearchSuggestions, { description: 'What to offer while somebody types.' })
  searchSuggestions(
    @Arg('term', () => String, { description: 'What was typed so far.' }) term: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 6, description: 'How many of each, 1 to 100.' })
    first: number | null,
  ): Promise<object> {
    return this.search.suggestions(term, first ?? 6);
  }
}
