import { everyValueOf } from '@vitrine/client/every-value';
import { languageName } from '@vitrine/client/languages';
import { z } from 'zod';
import { currentLanguage } from '../app/i18n';
import type {
  EditorProductFragment,
  ProductLabel,
  ProductStatus,
  ProductUpdateInput,
} from '../generated/catalog/graphql';

type Translate = (key: string, values?: Record<string, string>) => string;

export const PRODUCT_LABELS = everyValueOf<ProductLabel>({
  NEW: true,
  LIMITED: true,
  FREE_SHIPPING: true,
  SALE: true,
});
export const PRODUCT_STATUSES = everyValueOf<ProductStatus>({ DRAFT: true, ACTIVE: true, ARCHIVED: true });

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A field of a product: what is known of it beside the query that reads it and the input that takes it. */
interface ProductField<Value, Written = Value> {
  /** The key of its name. */
  readonly label: string;
  /** The key of an explanation below it. */
  readonly help?: string;
  /** How it is edited: by a switch, or as a text of so many lines. Absent for fields with a part of their own. */
  readonly control?: 'switch' | { readonly lines: number };
  /** The value of a new product. */
  readonly empty: Value;
  /** The value as the form holds it. */
  readonly read: (product: EditorProductFragment) => Value;
  /** The value as inputs take it. */
  readonly write: (value: Value) => Written;
  readonly check: (t: Translate) => z.ZodType<Value, Value>;
}

/** A field that inputs take as the form holds it. */
const field = <Value>(described: Omit<ProductField<Value>, 'write'>): ProductField<Value> => ({
  ...described,
  write: (value) => value,
});
const strings = (): z.ZodType<string[], string[]> => z.array(z.string());

/** A text that may be left empty. */
const optionalText = (
  read: (product: EditorProductFragment) => string | null | undefined,
  { label, help, lines = 1 }: { label: string; help?: string; lines?: number },
): ProductField<string, string | null> => ({
  label,
  ...(help === undefined ? {} : { help }),
  control: { lines },
  empty: '',
  read: (product) => read(product) ?? '',
  write: (text) => text.trim() || null,
  check: () => z.string(),
});

const slug: ProductField<string, string | null> = {
  ...optionalText((product) => product.slug, { label: 'product.slug', help: 'product.slugHelp' }),
  check: (t) => z.string().refine((text) => text === '' || SLUG.test(text), t('product.slugInvalid')),
};

/**
 * The fields of a product but for its texts and variants. The form, its checks, what is sent and the names of fields
 * follow from this list; a new field is a line here and one in the query.
 */
export const PRODUCT_FIELDS = {
  slug,
  status: field<ProductStatus>({
    label: 'products.status',
    empty: 'DRAFT',
    read: ({ status }) => status ?? 'DRAFT',
    check: () => z.enum(PRODUCT_STATUSES),
  }),
  featured: field<boolean>({
    label: 'product.featured',
    help: 'product.featuredHelp',
    control: 'switch',
    empty: false,
    read: ({ featured }) => featured,
    check: () => z.boolean(),
  }),
  taxClass: field<string>({
    label: 'product.taxClass',
    empty: 'standard',
    read: ({ taxClass }) => taxClass ?? 'standard',
    check: () => z.string(),
  }),
  labels: field<ProductLabel[]>({
    label: 'product.labels',
    empty: [],
    read: ({ labels }) => [...labels].sort(),
    check: () => z.array(z.enum(PRODUCT_LABELS)),
  }),
  categoryIds: field<string[]>({
    label: 'product.categories',
    empty: [],
    read: ({ categories }) => categories.map(({ id }) => id),
    check: strings,
  }),
  tags: field<string[]>({
    label: 'product.tags',
    empty: [],
    read: ({ tags }) => tags.map(({ name }) => name),
    check: strings,
  }),
  attributeValueIds: field<string[]>({
    label: 'product.attributes',
    empty: [],
    read: ({ attributes }) => attributes.flatMap(({ values }) => values.map(({ id }) => id)),
    check: strings,
  }),
} satisfies {
  readonly [K in keyof ProductUpdateInput]?: { readonly write: (value: never) => ProductUpdateInput[K] };
};

export type ProductFieldName = keyof typeof PRODUCT_FIELDS;
/** The values of the fields, as the form holds them. */
export type ProductValues = { [K in ProductFieldName]: (typeof PRODUCT_FIELDS)[K]['empty'] };

/** Every field as one that may hold any of the values: for loops over all of them. */
export const ALL_FIELDS = Object.entries(PRODUCT_FIELDS) as unknown as readonly (readonly [
  ProductFieldName,
  ProductField<ProductValues[ProductFieldName]>,
])[];

/** One value for each field, worked out from its description. */
function ofEach<Value>(
  value: (described: ProductField<ProductValues[ProductFieldName]>, name: ProductFieldName) => Value,
): Record<ProductFieldName, Value> {
  return Object.fromEntries(ALL_FIELDS.map(([name, described]) => [name, value(described, name)])) as Record<
    ProductFieldName,
    Value
  >;
}

export const emptyValues = (): ProductValues =>
  structuredClone(ofEach(({ empty }) => empty)) as ProductValues;

export const valuesOf = (product: EditorProductFragment): ProductValues =>
  ofEach(({ read }) => read(product)) as ProductValues;

/** The values as inputs take them. */
export const writtenValues = (values: ProductValues): Pick<ProductUpdateInput, ProductFieldName> =>
  ofEach(({ write }, name) => write(values[name])) as Pick<ProductUpdateInput, ProductFieldName>;

export const checksOfFields = (t: Translate) =>
  ofEach(({ check }) => check(t)) as unknown as {
    [K in ProductFieldName]: z.ZodType<ProductValues[K], ProductValues[K]>;
  };

const OTHER_LABELS: Record<string, string> = {
  name: 'products.name',
  summary: 'product.summary',
  description: 'product.description',
  seoTitle: 'product.seoTitle',
  seoDescription: 'product.seoDescription',
  sku: 'product.sku',
  barcode: 'product.barcode',
  price: 'product.priceAlone',
  compareAtPrice: 'product.compareAt',
  weightGrams: 'product.weight',
  imageId: 'product.variantImage',
};

/** The label of a product field: "Name, Română" or "Price, Blue". */
export function nameOfField(
  name: string,
  t: Translate,
  variants: readonly { id: string; name: string }[],
): string {
  const [group, owner, field] = name.split('.');
  const known = ALL_FIELDS.find(([key]) => key === name)?.[1].label ?? OTHER_LABELS[field ?? group ?? ''];
  const label = t(known ?? 'product.fields');
  if (group === 'translations') return `${label}, ${languageName(owner ?? '', currentLanguage())}`;
  const variant = variants.find(({ id }) => `#${id}` === owner);
  return variant ? `${label}, ${variant.name}` : label;
}
