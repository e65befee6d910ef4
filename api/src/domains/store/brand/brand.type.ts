import { Field, Int, ObjectType } from 'type-graphql';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { Url } from '../../../platform/graphql/scalars.js';
import { brandColors } from './brand-colors.js';
import { BRAND_IMAGES, type Brand } from './brand-group.js';

@ObjectType('BrandImage', { description: 'An image of the brand, as PNG.', simpleResolvers: true })
export class BrandImageType {
  @Field(() => Url, { description: 'Where it is. Another image has another address.' })
  readonly url!: string;

  @Field(() => Int, { description: 'Its width in pixels; show it at half of that or less.' })
  readonly width!: number;

  @Field(() => Int, { description: 'Its height in pixels; show it at half of that or less.' })
  readonly height!: number;
}

@ObjectType('BrandColors', {
  description:
    'The colors that follow from an accent color, each as `#rrggbb`. Words are readable in every pair (WCAG 2.2: 4.5 to 1), whichever the accent is.',
  simpleResolvers: true,
})
export class BrandColorsType {
  @Field(() => String, { description: 'Of buttons on light pages, as staff chose it.' })
  readonly accent!: string;

  @Field(() => String, { description: 'Of words on such a button.' })
  readonly onAccent!: string;

  @Field(() => String, { description: 'Of such a button under the pointer.' })
  readonly accentHover!: string;

  @Field(() => String, {
    description: 'Of words, lines and marks on light pages: the accent, or a darker one of its hue.',
  })
  readonly accentText!: string;

  @Field(() => String, {
    description: 'Of buttons, words and marks on dark pages: the accent, or a lighter one of its hue.',
  })
  readonly darkAccent!: string;

  @Field(() => String, { description: 'Of words on a button on dark pages.' })
  readonly onDarkAccent!: string;
}

@ObjectType({ description: 'How the shop looks: its color and its images.', simpleResolvers: true })
export class ShopBrand {
  @Field(() => BrandColorsType, { description: 'The colors.' })
  readonly colors!: BrandColorsType;

  @Field(() => BrandImageType, {
    nullable: true,
    description: 'Stands for the name of the shop; null where the name is written.',
  })
  readonly logo!: BrandImageType | null;

  @Field(() => BrandImageType, {
    nullable: true,
    description: 'The logo for dark pages; null where `logo` stands on a light plate there.',
  })
  readonly darkLogo!: BrandImageType | null;

  @Field(() => BrandImageType, {
    nullable: true,
    description: 'The sign of the shop in tabs of browsers, 512 × 512 pixels; null for that of the program.',
  })
  readonly icon!: BrandImageType | null;
}

/** The brand as its type shows it. */
export function shownBrand(brand: Brand, storage: Pick<FileStorage, 'url'>): ShopBrand {
  const images = BRAND_IMAGES.map((field) => {
    const image = brand[field];
    return [field, image && { url: storage.url(image.key), width: image.width, height: image.height }];
  });
  return { colors: brandColors(brand.accent), ...Object.fromEntries(images) } as ShopBrand;
}
