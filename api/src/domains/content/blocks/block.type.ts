import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { SafeHtml } from '../../../platform/graphql/scalars.js';
import { Category, Product, ProductImage, type CategoryNode, type ImageRow } from '../../catalog/index.js';
import { PageProductSource } from './stored-block.js';

const EYEBROW = 'Some words above the heading.';
const TITLE = 'The heading.';
const ACTION = 'A button; null where it says nothing or leads nowhere.';

@ObjectType({ description: 'A button of a page.', simpleResolvers: true })
export class PageAction {
  @Field(() => String, { description: 'What stands on it.' })
  readonly label!: string;

  @Field(() => String, {
    description:
      'Where it leads: a path of the storefront in the language of the request, or another address.',
  })
  readonly href!: string;
}

@InterfaceType({
  description: 'A part of a page. What it shows is said by its type.',
  autoRegisterImplementations: false,
  resolveType: (block: { typeName: string }) => block.typeName,
})
export abstract class PageBlock {
  @Field(() => String, { description: 'Names the block on its page.' })
  readonly key!: string;

  @ListSize(2)
  @Field(() => [ProductImage], {
    description: 'The images that it shows, in their order; of a hero the second is for narrow screens.',
  })
  readonly images!: readonly ImageRow[];
}

const block = (description: string) => ({ implements: PageBlock, description, simpleResolvers: true });

@ObjectType(block('A large image with a heading, a sentence and a button.'))
export class HeroBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: EYEBROW }) readonly eyebrow!: string | null;
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;
  @Field(() => String, { nullable: true, description: 'A sentence.' }) readonly text!: string | null;
  @Field(() => PageAction, { nullable: true, description: ACTION }) readonly action!: PageAction | null;
}

@ObjectType(block('Some products.'))
export class ProductsBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;
  @Field(() => PageAction, { nullable: true, description: ACTION }) readonly action!: PageAction | null;
  @Field(() => PageProductSource, { description: 'How they are chosen.' })
  readonly source!: PageProductSource;
  @Field(() => Int, { description: 'How many are to be shown.' }) readonly count!: number;

  @ListSize(6)
  @Field(() => [Product], {
    description:
      'Products on sale. Where a rule chooses them there are up to four more than `count`, at most 12, so that those which the page has shown above can be left out.',
  })
  readonly products!: object[];
}

@ObjectType(block('Categories with their images.'))
export class CategoriesBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;

  @ListSize(6)
  @Field(() => [Category], { description: 'The categories.' })
  readonly categories!: readonly CategoryNode[];
}

@ObjectType(block('An image beside a text.'))
export class StoryBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: EYEBROW }) readonly eyebrow!: string | null;
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;
  @Field(() => SafeHtml, { nullable: true, description: 'The text.' }) readonly html!: string | null;
  @Field(() => PageAction, { nullable: true, description: ACTION }) readonly action!: PageAction | null;
}

@ObjectType(block('A text.'))
export class TextBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;
  @Field(() => SafeHtml, { nullable: true, description: 'The text.' }) readonly html!: string | null;
}

@ObjectType(block('An image with a caption.'))
export class ImageBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: 'The caption.' }) readonly caption!: string | null;
}

@ObjectType(block('Images beside each other.'))
export class GalleryBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;
}

@ObjectType({ description: 'A question with its answer.', simpleResolvers: true })
export class PageQuestion {
  @Field(() => String, { description: 'The question.' }) readonly question!: string;
  @Field(() => SafeHtml, { description: 'The answer.' }) readonly answer!: string;
}

@ObjectType(block('Questions that open to their answers.'))
export class QuestionsBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;

  @ListSize(6)
  @Field(() => [PageQuestion], { description: 'The questions.' })
  readonly questions!: PageQuestion[];
}

@ObjectType(block('A sentence and a button on a coloured ground.'))
export class CallBlock extends PageBlock {
  @Field(() => String, { nullable: true, description: TITLE }) readonly title!: string | null;
  @Field(() => String, { nullable: true, description: 'A sentence.' }) readonly text!: string | null;
  @Field(() => PageAction, { nullable: true, description: ACTION }) readonly action!: PageAction | null;
}

/** The types that only the interface leads to. */
export const BLOCK_TYPES = [
  ...[HeroBlock, ProductsBlock, CategoriesBlock, StoryBlock, TextBlock, ImageBlock, GalleryBlock],
  ...[QuestionsBlock, CallBlock],
];
