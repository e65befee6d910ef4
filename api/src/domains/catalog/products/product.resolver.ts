import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { oneOf } from '../../../kernel/one-of.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Public } from '../../../platform/graphql/auth-directive.js';
import { ProductSort } from '../catalog.enums.js';
import { catalogLoaders } from '../catalog.loaders.js';
import { ProductFilter } from '../listing/product-filter.input.js';
import { ProductConnection, SearchSuggestions } from '../listing/product-connection.type.js';
import type { ProductSearch } from '../listing/product-search.js';
import { catalogNodes } from '../catalog.nodes.js';
import { Product, ProductVariant } from './product.type.js';
import { CalendarDate } from '../../../platform/graphql/scalars.js';
import type { ProductRow } from '../rows.js';
import { Cost } from '../../../platform/graphql/limits/cost-directives.js';

@ArgsType()
export class ProductsArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 24 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'endCursor of the page before.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'startCursor of the page after.' })
  before?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of name, text, category, SKU (with or without its hyphens) or barcode, in any of the languages; the last may be unfinished. "Quotes" and -without work.',
  })
  search?: string | null;

  @Field(() => ProductFilter, { nullable: true, description: 'Narrows the list.' })
  filter?: ProductFilter | null;

  @Field(() => ProductSort, {
    nullable: true,
    description: 'The order. Without it RELEVANCE where something is searched for, else NEWEST.',
  })
  sort?: ProductSort | null;
}

@ArgsType()
class VariantNames {
  @Field(() => ID, { nullable: true, description: 'Its id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'SKU, capitals or not.' })
  sku?: string | null;

  @Field(() => String, { nullable: true, description: 'Barcode.' })
  barcode?: string | null;
}

@ArgsType()
class ProductNames {
  @Field(() => ID, { nullable: true, description: 'Its id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Present or former slug.' })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SKU of one of its variants, capitals or not.',
  })
  sku?: string | null;

  @Field(() => String, { nullable: true, description: 'Barcode of one of its variants.' })
  barcode?: string | null;
}

@Resolver(() => Product)
export class ProductResolver {
  constructor(private readonly search: ProductSearch) {}

  @FieldResolver(() => CalendarDate, {
    description: 'The day on which its texts, images or prices last changed: for sitemaps.',
  })
  modifiedOn(@Root() { updatedAt }: ProductRow): string {
    return new Date(updatedAt).toISOString().slice(0, 10);
  }

  @Public()
  @Cost(25)
  @Directive(
    '@listSize(assumedSize: 24, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => ProductConnection, { description: 'Products on sale.' })
  products(@Args(() => ProductsArguments) args: ProductsArguments): Promise<object> {
    return this.search.products(args);
  }

  @Public()
  @Query(() => Product, {
    nullable: true,
    description:
      'A product on sale, by exactly one of the arguments. A former slug returns the product with its present one: redirect when they differ.',
  })
  async product(
    @Args(() => ProductNames) names: ProductNames,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const product = await this.search.product(oneOf(names));
    if (product) catalogLoaders(context).productById.prime(product.id, product);
    return product;
  }

  @Public()
  @Query(() => ProductVariant, {
    nullable: true,
    description:
      'A variant on sale, by exactly one of the arguments; for staff with CATALOG_READ one of any product. SKU and barcode find what is not taken from sale.',
  })
  async productVariant(
    @Args(() => VariantNames) names: VariantNames,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const id = await this.search.variantId(oneOf(names));
    return id ? ((await catalogNodes?.vari?.find(id, context)) ?? null) : null;
  }

  @Public()
  @Cost(25)
  @Query(() => SearchSuggestions, { description: 'Suggestions for an unfinished search term.' })
  searchSuggestions(
    @Arg('term', () => String, { description: 'The unfinished search term.' }) term: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 6, description: 'How many of each, 1 to 100.' })
    first: number | null,
  ): Promise<object> {
    return this.search.suggestions(term, first ?? 6);
  }
}
