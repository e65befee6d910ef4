import { describe, expect, it } from 'vitest';
import { encodeValue } from '../ui/forms/fields/codecs';
import { testTools } from '../ui/testing-tools';
import { creationForm, creationSchema, refreshRows, toCreateInput } from './product-creation';
import type { CreationDraft } from './product-creation';

const schema = creationSchema(testTools);
const emptyCreation = (): CreationDraft => {
  const { toFields } = creationForm('RON', () => undefined);
  return encodeValue(schema, toFields(undefined, testTools)) as CreationDraft;
};

function newMug(): CreationDraft {
  const draft = emptyCreation();
  draft.translations.RO.name = 'Cană';
  draft.baseSku = 'CANA';
  draft.basePrice = '89';
  draft.baseStock = '3';
  draft.options = [
    {
      name: 'Mărime',
      values: [
        { name: '250 ml', swatch: '', delta: '' },
        { name: '350 ml', swatch: '', delta: '10' },
      ],
    },
  ];
  return draft;
}

describe('a new product with options', () => {
  it('fills in SKU, price and stock of each variant', () => {
    const { rows } = refreshRows(newMug(), [], testTools);

    expect(rows).toEqual([
      {
        key: 'marime=250-ml',
        name: '250 ml',
        isIncluded: true,
        sku: 'CANA-250-ML',
        price: '89,00',
        stock: '3',
      },
      {
        key: 'marime=350-ml',
        name: '350 ml',
        isIncluded: true,
        sku: 'CANA-350-ML',
        price: '99,00',
        stock: '3',
      },
    ]);
  });

  it('keeps what was typed by hand when the base price changes', () => {
    const draft = newMug();
    const first = refreshRows(draft, [], testTools);
    draft.rows = first.rows;
    draft.rows[1]!.price = '120';
    draft.basePrice = '95';

    const second = refreshRows(draft, first.suggested, testTools);

    expect(second.rows.map(({ price }) => price)).toEqual(['95,00', '120']);
  });

  it('creates only the ticked variants, with their choices and prices in bani', () => {
    const draft = newMug();
    draft.rows = refreshRows(draft, [], testTools).rows;
    draft.rows[0]!.isIncluded = false;

    const input = toCreateInput(schema.parse(draft), 'RON', 'key');

    expect(input.variants).toEqual([
      { sku: 'CANA-350-ML', price: 9900, stock: 3, options: [{ option: 'marime', value: '350-ml' }] },
    ]);
    expect(input.options?.[0]).toMatchObject({ code: 'marime', name: 'Mărime' });
    expect(input.translations.map(({ locale }) => locale)).toEqual(['RO']);
  });

  it('asks for a name in the language of the shop, a SKU and a price', () => {
    const names = schema.safeParse(emptyCreation()).error?.issues.map(({ path }) => path.join('.'));

    expect(names).toEqual(['translations.RO.name', 'rows.0.sku', 'rows.0.price']);
  });
});
