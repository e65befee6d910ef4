import { Field, Int, ObjectType } from 'type-graphql';
import { writtenLanguages, type Language } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { CategoryNode } from '../catalog-lookup.js';
import { Media, mediaShown } from '../../media/index.js';
import { ProductImage } from '../images/product-image.type.js';
import type { ImageRow } from '../rows.js';
import { Seo, seoOf } from '../products/seo.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: "A category's texts in one language.", simpleResolvers: true })
export class CategoryTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The name.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'One or two sentences.' })
  readonly description!: string | null;

  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  readonly seoTitle!: string | null;

  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  readonly seoDescription!: string | null;
}

@ObjectType({
  implements: Node,
  description: 'A category of products; categories form a tree.',
  simpleResolvers: true,
})
export class Category {
  @GlobalId('cat')
  readonly id!: string;

  @Field(() => String, { description: 'Its name in addresses.' })
  readonly slug!: string;

  @Localized({ description: 'The name, in the language of the request.' })
  readonly name!: string;

  @Localized({ nullable: true, description: 'A short description.' })
  readonly description!: string | null;

  @Derived<CategoryNode>(() => ProductImage, imageOf, {
    nullable: true,
    description: 'An image of what is on it.',
  })
  readonly image!: ProductImage | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<CategoryNode>(() => Media, ({ image }, context) => mediaShown(image, context), {
    nullable: true,
    description: 'The file of its image in the media library. Staff only.',
  })
  readonly imageMedia!: object | null;

  @Field(() => Category, { nullable: true, description: 'The category above; null at the top.' })
  readonly parent!: object | null;

  @ListSize(6)
  @Derived<CategoryNode>(() => [Category], ({ children }) => shown(children), {
    description: 'The categories directly below that are not hidden, in order.',
  })
  readonly children!: object[];

  @ListSize(4)
  @Field(() => [Category], { description: 'The way from the top down to this category, itself included.' })
  readonly breadcrumbs!: object[];

  @Derived<CategoryNode>(() => Int, ({ breadcrumbs }) => breadcrumbs.length, {
    description: 'On which level it lies: 1 at the top, at most 6.',
  })
  readonly depth!: number;

  @Derived<CategoryNode>(() => Boolean, ({ hidden }) => hidden, {
    description:
      'Whether it is reached by its address only: no menu and no list of categories has it, nor those below it, and search engines are asked to leave it out.',
  })
  readonly isHidden!: boolean;

  @Field(() => Int, { description: 'Products on sale in it or below it.' })
  readonly productCount!: number;

  @Derived<CategoryNode>(() => Seo, seoOf, { description: 'Texts and hints for search engines.' })
  readonly seo!: Seo;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, {
    nullable: true,
    description: 'Goes up with each change; give it as expectedVersion. Staff only.',
  })
  readonly version!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<CategoryNode>(() => [CategoryTranslation], translationsOf, {
    nullable: true,
    description: 'Its texts in every language that it has a name in. Staff only.',
  })
  readonly translations!: CategoryTranslation[] | null;
}

/** Those that stand in menus. */
export function shown(categories: readonly CategoryNode[]): CategoryNode[] {
  return categories.filter(({ hidden }) => !hidden);
}

/** A way from the top, as far as menus lead. */
export function wayShown(way: readonly CategoryNode[]): CategoryNode[] {
  const end = way.findIndex(({ hidden }) => hidden);
  return end === -1 ? [...way] : way.slice(0, end);
}

function translationsOf({ name, description, seo }: CategoryNode): CategoryTranslation[] {
  return writtenLanguages(name).map((locale) => ({
    locale,
    name: name[locale] ?? '',
    description: description[locale] ?? null,
    seoTitle: seo.title?.[locale] ?? null,
    seoDescription: seo.description?.[locale] ?? null,
  }));
}

/** A category whose image has no text of its own is described by its name, unless the image is a decoration. */
function imageOf({ id, image, name }: CategoryNode): ImageRow | null {
  if (!image?.storageKey) return null;
  const { storageKey, width, height, widths, focal } = image;
  const hasText = image.decorative || Object.keys(image.alt).length > 0;
  return {
    ...{ id, storageKey, width, height, widths, focal, position: 0 },
    alt: hasText ? image.alt : name,
  };
}
