import { statement, t, type Database } from '../../../platform/database/database.js';
import type { TextField, TextSource, WrittenText } from '../../../platform/texts.js';
import type { CategoryService } from '../categories/category.service.js';
import type { ProductUpdateInput } from '../products/product.input.js';
import type { ProductService } from '../products/product.service.js';
import type { OptionTextService } from './option-texts.service.js';
import { nameOf } from './written-name.js';

interface Deps {
  readonly database: Database;
  readonly products: ProductService;
  readonly categories: CategoryService;
  readonly options: OptionTextService;
}

const productOf = statement('catalog.product-of-option', {
  params: { id: t.uuid },
  row: { productId: t.uuid, isValue: t.boolean },
  sql: `SELECT product_id AS "productId", false AS "isValue" FROM product_option WHERE id = :id
   UNION ALL SELECT o.product_id, true FROM product_option_value w JOIN product_option o ON o.id = w.option_id WHERE w.id = :id`,
});

const PERMISSION = 'CATALOG_WRITE';

/** What buyers read of products, their options and categories. */
export function catalogTexts({ database, products, categories, options }: Deps): TextSource[] {
  const rename = async ({ id, language, text, version, actorId }: WrittenText): Promise<void> => {
    const found = await database.row(productOf, { id });
    const names = [{ id, name: { [language]: text } }];
    const texts = found?.isValue ? { options: [], values: names } : { options: names, values: [] };
    await options.rename(found?.productId ?? id, texts, { expectedVersion: version, actorId });
  };
  return [
    {
      ...{ area: 'products', from: 'product p', id: 'p.id', version: 'p.version', label: 'p.name' },
      ...{ where: `p.status <> 'ARCHIVED'`, permission: PERMISSION },
      fields: [
        name(200, 'p.name'),
        { name: 'summary', texts: 'p.summary', kind: 'TEXT', most: 1_000 },
        { name: 'description', texts: 'p.description', kind: 'HTML', most: 50_000 },
        ...seo('p.seo'),
      ],
      write: async ({ id, version, ...written }) =>
        products.update(id, {
          ...{ productId: id, expectedVersion: version },
          translations: [{ ...translation(written), name: nameOf(written) }],
        } as ProductUpdateInput),
    },
    {
      ...{ area: 'categories', from: 'category c', id: 'c.id', version: 'c.version', label: 'c.name' },
      ...{ where: 'true', permission: PERMISSION },
      fields: [
        name(200, 'c.name'),
        { name: 'description', texts: 'c.description', kind: 'TEXT', most: 1_000 },
        ...seo('c.seo'),
      ],
      write: async ({ id, version, ...written }) =>
        categories.update(
          id,
          { expectedVersion: version, translations: [{ ...translation(written), name: nameOf(written) }] },
          written.actorId,
        ),
    },
    ...optionTexts(rename),
  ];
}

/** Options and their values are parts of a product: its version is compared, and its name says which they are. */
function optionTexts(rename: TextSource['write']): TextSource[] {
  return [
    {
      ...{ area: 'options', from: 'product_option o JOIN product p ON p.id = o.product_id', id: 'o.id' },
      ...{ version: 'p.version', label: 'p.name', permission: PERMISSION },
      ...{ where: `p.status <> 'ARCHIVED'`, fields: [name(100, 'o.name')], write: rename },
    },
    {
      area: 'optionValues',
      from: 'product_option_value w JOIN product_option o ON o.id = w.option_id JOIN product p ON p.id = o.product_id',
      ...{ id: 'w.id', version: 'p.version', label: 'p.name', permission: PERMISSION },
      ...{ where: `p.status <> 'ARCHIVED'`, fields: [name(100, 'w.name')], write: rename },
    },
  ];
}

function name(most: number, texts: string): TextField {
  return { name: 'name', texts, kind: 'LINE', most, isName: true };
}

function seo(column: string): TextField[] {
  return [
    { name: 'seoTitle', texts: `${column} -> 'title'`, kind: 'LINE', most: 200 },
    { name: 'seoDescription', texts: `${column} -> 'description'`, kind: 'TEXT', most: 500 },
  ];
}

type Written = Omit<WrittenText, 'id' | 'version'>;

/** Only the text that was written; the others of the language stay. */
const translation = ({ language, field, text }: Written) => ({ locale: language, [field]: text });
