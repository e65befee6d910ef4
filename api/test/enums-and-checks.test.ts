import { GraphQLEnumType } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contract } from '@vitrine/testing/shop/contract.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

const INTERNAL = 'read by the module itself only';

/** Columns whose values a CHECK fixes without being an enum of the schema. */
const NO_ENUM: Readonly<Record<string, string>> = {
  'backorder.status': INTERNAL,
  'checkout_block.kind': 'CheckoutBlockKind, where a network also stands for its wide network',
  'customer.source': INTERNAL,
  'import_row.outcome': 'told by the counts of an import and in its report',
  'import_run.decimal_sign': 'a sign, not a name',
  'one_time_token.purpose': INTERNAL,
  'payment.purpose': INTERNAL,
  'redirect.code': 'RedirectKind by the status of HTTP',
  'request_key.status': INTERNAL,
  'reservation.status': INTERNAL,
  'staff_role.code': 'Role, of which a row is neither a customer’s nor the word for roles of the shop’s own',
  'webhook_inbox.object_kind': INTERNAL,
};

const COMPUTED = 'never stored';
const ASKED = 'an argument';
const DECLARED = 'declared in code, and never stored as a column of one of these';

/** Enums that no column is checked for. */
const NOT_CHECKED: Readonly<Record<string, string>> = {
  AddressRegionKind: COMPUTED,
  AuditEntryExportColumn: ASKED,
  CheckoutBlockExportColumn: ASKED,
  CheckoutBlockKind: 'checkout_block.kind allows a value more',
  CheckoutStep: COMPUTED,
  CustomerExportColumn: ASKED,
  CustomerSort: ASKED,
  DisputeExportColumn: ASKED,
  EmailExportColumn: ASKED,
  ErrorCode: DECLARED,
  GoLiveCode: COMPUTED,
  FieldType: DECLARED,
  ImportEncoding: 'import_run.encoding: another encoding needs no migration',
  ImportKind: DECLARED,
  ImportStatus: COMPUTED,
  IntegrationFieldSource: COMPUTED,
  IntegrationStatus: COMPUTED,
  IntegrationWarning: COMPUTED,
  InvitationStatus: COMPUTED,
  JobKind: DECLARED,
  LanguageCode: 'another language needs no migration',
  MediaExportColumn: ASKED,
  MediaPlace: 'media_use.owner_type with media_use.field',
  OrderAction: COMPUTED,
  OrderEventKind: 'order_event.kind: another kind needs no migration',
  OrderExportColumn: ASKED,
  OrderSort: ASKED,
  MenuEntryKind: 'inside of menu.entries',
  PageBlockType: 'inside of page_version.content, which keeps blocks of unknown types',
  PageProductSource: 'inside of page_version.content',
  PaymentProviderName: 'payment.provider: another provider needs no migration',
  Permission: DECLARED,
  PriceAdjustmentKind: 'inside of shop_order.adjustments, which the audit adds up',
  ProductExportColumn: ASKED,
  ProductLabel: 'product.labels: another label needs no migration',
  ProductSort: ASKED,
  RedirectExportColumn: ASKED,
  RedirectKind: 'redirect.code has the status of HTTP',
  ReturnExportColumn: ASKED,
  ReturnSort: ASKED,
  Settlement: COMPUTED,
  ShippingTryOutReason: COMPUTED,
  StaffProductSort: ASKED,
  StaffStatus: COMPUTED,
  StepUnit: DECLARED,
  StockItemExportColumn: ASKED,
  StockMovementExportColumn: ASKED,
  StockReservationExportColumn: ASKED,
  StockAdjustMode: ASKED,
  StockSort: ASKED,
  TaxRateStatus: COMPUTED,
  TenderStatus: COMPUTED,
  TextKind: COMPUTED,
  TokenDelivery: ASKED,
  UrlFound: COMPUTED,
  WarningCode: DECLARED,
  WebhookEventExportColumn: ASKED,
};

let shop: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  shop = await testDatabase();
  client = new pg.Client({ connectionString: shop.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await shop.close();
});

/** The values that the CHECK of a column alone allows, by `table.column`. */
async function allowedValues(): Promise<Map<string, string>> {
  const { rows } = await client.query<{ column: string; rule: string }>(
    `SELECT con.conrelid::regclass || '.' || attribute.attname AS column, pg_get_constraintdef(con.oid, true) AS rule
     FROM pg_constraint con JOIN pg_attribute attribute ON attribute.attrelid = con.conrelid AND attribute.attnum = con.conkey[1]
     WHERE con.contype = 'c' AND con.connamespace = 'public'::regnamespace AND cardinality(con.conkey) = 1
       AND pg_get_constraintdef(con.oid, true) ~ '^CHECK \\(\\w+ (= ANY \\(|<@ )ARRAY\\['`,
  );
  return new Map(
    rows.map(({ column, rule }) => [
      column,
      [...rule.matchAll(/'([^']+)'::text/g)]
        .map(([, value]) => value)
        .toSorted()
        .join(' '),
    ]),
  );
}

const enums = (): Map<string, string> =>
  new Map(
    Object.values(contract().getTypeMap())
      .filter((type) => type instanceof GraphQLEnumType)
      .filter(({ name }) => !name.startsWith('__'))
      .map((type) => [
        type.name,
        type
          .getValues()
          .map(({ name }) => name)
          .toSorted()
          .join(' '),
      ]),
  );

it('a column that only some values may have allows just the values of an enum of the schema', async () => {
  const known = new Set(enums().values());
  const strange = [...(await allowedValues())].filter(([, values]) => !known.has(values));

  expect(strange.map(([column]) => column).toSorted()).toEqual(Object.keys(NO_ENUM).toSorted());
});

it('an enum whose values are stored has a column that allows just these', async () => {
  const checked = new Set((await allowedValues()).values());
  const unchecked = [...enums()].filter(([, values]) => !checked.has(values));

  expect(unchecked.map(([name]) => name).toSorted()).toEqual(Object.keys(NOT_CHECKED).toSorted());
});
