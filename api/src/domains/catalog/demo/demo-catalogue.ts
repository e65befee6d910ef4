import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.object({ ro: z.string().min(1), en: z.string().min(1), fr: z.string().min(1) });
const swatch = z.string().regex(/^#[0-9A-Fa-f]{6}$/);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const code = z.string().min(1);
const whole = z.int().min(0);

const category = z.object({
  slug,
  parent: slug.nullable(),
  position: whole,
  name: text,
  description: text,
  image: z.string().optional(),
});
const attribute = z.object({
  code,
  name: text,
  kind: z.enum(['COLOR', 'ENUM']),
  values: z.array(z.object({ code, name: text, swatch: swatch.optional(), care: text.optional() })),
});
const tag = z.object({ slug, name: text });
const location = z.object({
  code,
  name: z.string().min(1),
  kind: z.enum(['STORE', 'WAREHOUSE']),
  priority: z.int(),
  address: z.record(z.string(), z.string().nullable()),
});
const product = z.object({
  slug,
  name: text,
  summary: text,
  description: text,
  seo: z.object({ title: text, description: text }).optional(),
  categories: z.array(slug).min(1),
  tags: z.array(slug),
  attributes: z.record(z.string(), z.array(z.string())),
  featured: z.boolean(),
  labels: z.array(z.enum(['NEW', 'LIMITED', 'FREE_SHIPPING'])),
  createdDaysAgo: whole,
  options: z.array(
    z.object({
      code,
      name: text,
      values: z.array(z.object({ code, name: text, swatch: swatch.optional() })).min(1),
    }),
  ),
  variants: z
    .array(
      z.object({
        sku: z.string().min(1),
        barcode: z.string().optional(),
        options: z.record(z.string(), z.string()),
        price: whole,
        compareAt: whole.optional(),
        /** At the main location. */
        stock: whole,
        /** At the other locations, by the location's code. */
        stores: z.record(code, whole).optional(),
        /** Can be back-ordered: at most `limit` units, available in `inDays` days. */
        backorder: z.object({ limit: whole, inDays: whole }).optional(),
        weightGrams: whole.optional(),
        /** Index into `images`. */
        image: whole.optional(),
      }),
    )
    .min(1),
  images: z.array(z.object({ file: z.string().regex(/^[a-z0-9-]+\.(webp|jpg|png)$/), alt: text })),
});

export type DemoProduct = z.infer<typeof product>;

export interface DemoCatalogue {
  readonly categories: z.infer<typeof category>[];
  readonly attributes: z.infer<typeof attribute>[];
  readonly tags: z.infer<typeof tag>[];
  readonly locations: z.infer<typeof location>[];
  readonly products: DemoProduct[];
}

/**
 * Reads `catalogue/*.json` of the demo folder. @throws ZodError naming what contradicts the format (demo/README.md)
 */
export async function readDemoCatalogue(folder: string): Promise<DemoCatalogue> {
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T[]> =>
    z.array(schema).parse(JSON.parse(await readFile(join(folder, 'catalogue', `${name}.json`), 'utf8')));
  const [categories, attributes, tags, locations, products] = await Promise.all([
    read('categories', category),
    read('attributes', attribute),
    read('tags', tag),
    read('locations', location),
    read('products', product),
  ]);
  return { categories, attributes, tags, locations, products };
}
