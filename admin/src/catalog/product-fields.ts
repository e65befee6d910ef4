import { everyValueOf } from '@vitrine/client/every-value';
import { z } from 'zod';
import type {
  EditorProductFragment,
  ProductLabel,
  ProductStatus,
  ProductUpdateInput,
} from '../generated/catalog/graphql';
import { entriesOf, entriesSchema, type AttributeEntry } from './attributes/attribute-entries';
import { canonicalUrl } from '../content/seo/canonical-url';
import { optionalText, requiredText } from '../ui/forms/fields/codecs';
import type { FieldDefinition } from '../ui/forms/fields/field';
import { translations } from '../ui/forms/fields/translations';
import type { Tools } from '../ui/useTools';

export const PRODUCT_LABELS = everyValueOf<ProductLabel>({
  NEW: true,
  LIMITED: true,
  FREE_SHIPPING: true,
  SALE: true,
});
export const PRODUCT_STATUSES = everyValueOf<ProductStatus>({ DRAFT: true, ACTIVE: true, ARCHIVED: true });

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface SeoHints {
  noindex: boolean;
  canonicalUrl: string | null;
  imageId: string | null;
}

/** A field of a product: how it is drawn, the query's value of it, and what may be saved. */
interface ProductField<Stored> extends FieldDefinition<EditorProductFragment> {
  /** The value of a new product. */
  readonly empty: Stored;
  readonly read: (product: EditorProductFragment) => Stored;
  readonly schema: (tools: Tools) => z.ZodType<Stored>;
}
const field = <Stored>(described: ProductField<Stored>): ProductField<Stored> => described;
const ids = (): z.ZodType<string[]> => z.array(z.string());

/**
 * The fields of a product but for its texts and variants. The form, its checks, what is sent and the names of fields
 * follow from this list; a new field is a line here and one in the query.
 */
export const PRODUCT_FIELDS = {
  slug: field<string | null>({
    label: 'product.slug',
    kind: 'code',
    explain: ({ t }, product) => t(product ? 'product.slugKept' : 'product.slugHelp'),
    empty: null,
    read: ({ slug }) => slug,
    schema: ({ t }) =>
      optionalText().refine((text) => text === null || SLUG.test(text), t('product.slugInvalid')),
  }),
  status: field<ProductStatus>({
    label: 'products.status',
    kind: 'choice',
    choices: ({ t }) => PRODUCT_STATUSES.map((value) => ({ value, label: t(`productStatus.${value}`) })),
    explain: ({ t }, _product, { status }) => t(`product.statusHelp.${String(status)}`),
    empty: 'DRAFT',
    read: ({ status }) => status ?? 'DRAFT',
    schema: () => z.enum(PRODUCT_STATUSES),
  }),
  featured: field<boolean>({
    label: 'product.featured',
    help: 'product.featuredHelp',
    kind: 'switch',
    empty: false,
    read: ({ featured }) => featured,
    schema: () => z.boolean(),
  }),
  taxClass: field<string>({
    label: 'product.taxClass',
    kind: 'own',
    empty: 'standard',
    read: ({ taxClass }) => taxClass ?? 'standard',
    schema: () => z.string(),
  }),
  seo: field<SeoHints>({
    label: 'seo.title',
    kind: 'own',
    parts: {
      noindex: { label: 'seo.noindex', kind: 'switch' },
      canonicalUrl: { label: 'seo.canonicalUrl', kind: 'code' },
      imageId: { label: 'seo.image', kind: 'own' },
    },
    empty: { noindex: false, canonicalUrl: null, imageId: null },
    read: ({ seo }) => ({
      ...{ noindex: seo.noindex, canonicalUrl: seo.canonicalUrl ?? null },
      imageId: seo.imageMedia?.id ?? null,
    }),
    schema: (tools) =>
      z.object({
        ...{ noindex: z.boolean(), canonicalUrl: canonicalUrl(tools) },
        imageId: z.string().nullable(),
      }),
  }),
  labels: field<ProductLabel[]>({
    label: 'product.labels',
    kind: 'own',
    empty: [],
    read: ({ labels }) => [...labels].sort(),
    schema: () => z.array(z.enum(PRODUCT_LABELS)),
  }),
  categoryIds: field<string[]>({
    label: 'product.categories',
    kind: 'own',
    empty: [],
    read: ({ categories }) => categories.map(({ id }) => id),
    schema: ids,
  }),
  tags: field<string[]>({
    label: 'product.tags',
    kind: 'own',
    empty: [],
    read: ({ tags }) => tags.map(({ name }) => name),
    schema: ids,
  }),
  attributes: field<AttributeEntry[]>({
    label: 'product.attributes',
    kind: 'own',
    empty: [],
    read: ({ attributes }) => entriesOf(attributes),
    schema: entriesSchema,
  }),
} satisfies {
  readonly [K in keyof ProductUpdateInput]?: { readonly empty: ProductUpdateInput[K] };
};

export type ProductFieldName = keyof typeof PRODUCT_FIELDS;

/** Texts of a product in one language; each language has its own. */
const textSchemas = ({ t }: Tools) => ({
  name: requiredText(t('product.nameMissing')),
  summary: optionalText(),
  description: optionalText(),
  seoTitle: optionalText(),
  seoDescription: optionalText(),
});
export const textsSchema = (tools: Tools) => translations(tools, textSchemas(tools), { mustHave: 'default' });

export const TEXTS_FIELD: FieldDefinition<EditorProductFragment> = {
  label: 'product.texts',
  kind: 'translations',
  parts: {
    name: { label: 'products.name', kind: 'text' },
    summary: { label: 'product.summary', kind: 'long-text' },
    description: { label: 'product.description', kind: 'rich-text' },
    seoTitle: { label: 'product.seoTitle', kind: 'text' },
    seoDescription: { label: 'product.seoDescription', kind: 'long-text' },
  },
};

/** The values of the fields and texts, as the API takes them. */
export type ProductValues = { [K in ProductFieldName]: (typeof PRODUCT_FIELDS)[K]['empty'] } & {
  translations: z.output<ReturnType<typeof textsSchema>>;
};

type AnyField = ProductField<unknown>;
const ALL_FIELDS = Object.entries(PRODUCT_FIELDS) as unknown as readonly (readonly [
  ProductFieldName,
  AnyField,
])[];

function ofEach(value: (described: AnyField) => unknown): Record<ProductFieldName, unknown> {
  return Object.fromEntries(ALL_FIELDS.map(([name, described]) => [name, value(described)])) as Record<
    ProductFieldName,
    unknown
  >;
}

/** The schemas of the fields and texts. */
export const productShape = (tools: Tools) =>
  ({ ...ofEach(({ schema }) => schema(tools)), translations: textsSchema(tools) }) as unknown as {
    [K in keyof ProductValues]: z.ZodType<ProductValues[K]>;
  };

/** The values of a product, and those of a new one for undefined. */
export const productValues = (product: EditorProductFragment | undefined): ProductValues =>
  structuredClone({
    ...ofEach(({ read, empty }) => (product ? read(product) : empty)),
    translations: (product?.translations ?? []).map(
      ({ locale, name, summary, description, seoTitle, seoDescription }) => ({
        ...{ locale, name, summary: summary ?? null, description: description ?? null },
        ...{ seoTitle: seoTitle ?? null, seoDescription: seoDescription ?? null },
      }),
    ),
  }) as ProductValues;
