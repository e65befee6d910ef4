import { z } from 'zod';
import { defineSettings } from '../../../platform/settings-group.js';

/** An image of the brand as it was made: a PNG in the public storage, whose name is never used again. */
const image = z.object({ key: z.string(), width: z.int(), height: z.int() });
export type BrandImage = z.infer<typeof image>;

export const brandGroup = defineSettings(
  'brand',
  z.object({
    accent: z
      .string()
      .trim()
      .regex(/^#[0-9a-f]{6}$/i, 'Write a color such as #9c4524.')
      .transform((color) => color.toLowerCase()),
    logo: image.nullable(),
    darkLogo: image.nullable(),
    icon: image.nullable(),
    /** A file of the media library: pages without an image of their own are shared with it. */
    shareImageId: z.uuid().nullable().default(null),
  }),
);

export type Brand = z.infer<typeof brandGroup.schema>;
/** The fields of the brand that are images. */
export const BRAND_IMAGES = ['logo', 'darkLogo', 'icon'] as const;
export type BrandImageField = (typeof BRAND_IMAGES)[number];
