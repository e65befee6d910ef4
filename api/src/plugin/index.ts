import 'reflect-metadata';

/*
 * What a plugin may import, as `@vitrine/api/plugin`: nothing else of the shop is promised to stay. The libraries are
 * passed on too, because a second copy of them beside the shop's would not know the shop's types.
 *
 * docs/extend.md explains each part.
 */

// The shop's configuration, and what a module is
export { defineConfig, type ShopConfig } from '../app/plugins/define-config.js';
export {
  defineModule,
  type AnyModule,
  type BuiltModule,
  type Platform,
  type Seed,
} from '../platform/module.js';
export type {
  CustomFieldDeclaration,
  CustomFields,
  DeclaredOption,
} from '../platform/fields/field-declaration.js';
export { recorded, type RecordedTable } from '../platform/audit/recorded-table.js';
export { recordRequest } from '../platform/audit/record-request.js';
export { definePersonalData, type PersonalData } from '../platform/personal-data/define-personal-data.js';
export type { ModuleMigration } from '../platform/database/module-migrations.js';

// Rows
export {
  statement,
  t,
  type Database,
  type Querying,
  type Tx,
  type ValuesOf,
} from '../platform/database/database.js';
export { defineChecks } from '../platform/database/invariant.js';
export { KEPT } from '../platform/jobs/old-rows.js';

// Services outside the shop, and their secrets
export {
  defineIntegration,
  plain,
  secret,
  type IntegrationTestCode,
  type IntegrationValues,
} from '../platform/integration.js';

// Ids, errors and permissions
export { defineIdPrefixes, globalId, localId, newId } from '../kernel/ids.js';
export { requireId } from '../kernel/require-id.js';
export { defineErrors } from '../kernel/error-codes.js';
export { DomainError, InvalidInputError, NotFoundError } from '../kernel/errors.js';
export { definePermissions, Role } from '../platform/graphql/roles.js';

// Its part of the schema
export {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
export { Auth, Public } from '../platform/graphql/auth-directive.js';
export { perRequest, type RequestContext, type Viewer } from '../platform/graphql/context.js';
export { GlobalId, Localized, MoneyField } from '../platform/graphql/derived.js';
export { UserErrors } from '../platform/graphql/errors/user-errors-of.js';
export { LanguageCode } from '../platform/graphql/language.type.js';
export { ListSize } from '../platform/graphql/limits/cost-directives.js';
export { loadManyBy, loadOneBy } from '../platform/graphql/load-many-by.js';
export { Node } from '../platform/graphql/node.type.js';
export { ActionPayload, asPayload, Payload } from '../platform/graphql/payload.js';
export { CurrencyCode, DateTime, MinorUnits, Url } from '../platform/graphql/scalars.js';

// Events, jobs and mails
export { defineEvent, type DomainEvent } from '../platform/jobs/define-event.js';
export { defineJob, handleJob, on } from '../platform/jobs/define-job.js';
export {
  defineLongJob,
  handleLongJob,
  type LongJobRowError,
  type LongJobRun,
  type LongJobStep,
} from '../platform/jobs/define-long-job.js';
export type { Outbox } from '../platform/jobs/outbox.js';
export { defineMail, type Mail } from '../platform/mails/define-mail.js';
export type { Mails } from '../platform/mails/mails.js';
export type { LinkMaker, SecretLink } from '../platform/mails/secret-link.js';
export { formatDay, formatMoment, formatMoney } from '../platform/mails/formats.js';
export { mailPage, mailText } from '../platform/mails/mail-page.js';
export * as mailParts from '../platform/mails/mail-parts.js';
export { bringMessages, messagesOf } from '../platform/messages.js';

// What staff do to many rows of a list at once, and the list as a file
export {
  amountColumn,
  changedSince,
  defineBulk,
  defineListExport,
  handleBulk,
  handleBulkBatch,
  momentColumn,
  plainColumn,
  typedColumn,
  type BulkBatchWork,
  type BulkLocking,
  type BulkRows,
  type BulkRun,
  type BulkWork,
  type ColumnTools,
  type ExportColumn,
  type ExportSource,
} from '../domains/long-jobs/index.js';
export { onOrders, type OrderQuery } from '../domains/orders/index.js';
export { onProducts, type ProductQuery } from '../domains/catalog/index.js';
export { keysetList, type IdRange } from '../platform/graphql/keyset-list.js';
export type { Connection, PageArguments } from '../kernel/pagination.js';

// Files that staff send
export { code, numberOf, text, wholeNumber, type Cell, type CellReader } from '../platform/imports/cells.js';
export {
  defineImport,
  handleImport,
  type ImportRow,
  type ImportRowError,
  type ImportVerdict,
} from '../platform/imports/define-import.js';

// Strategies: rules that staff choose, with arguments of their own
export { defineShippingRate, type ShipmentToPrice } from '../domains/shipping/index.js';
export type { ArgumentDeclaration } from '../platform/strategies/define-strategy.js';

// Hooks: places inside the shop's transactions
export { handleHook, type HandledHook, type Hook, type HookQuerying } from '../platform/hooks/define-hook.js';
export { checkoutBeforePlace, type PlacedCart } from '../domains/checkout/index.js';
export {
  cartPriced,
  handleCartPriced,
  type CartLineToPrice,
  type CartToPrice,
  type DraftToPrice,
  type PricePart,
} from '../domains/cart/index.js';
export { currentOrder, orderBeforeChange, type OrderChange } from '../domains/orders/index.js';
export { paymentCaptured, type CapturedPayment } from '../domains/payments/index.js';

// Values
export { staff, SYSTEM, type Actor } from '../kernel/actor.js';
export type { Clock } from '../kernel/clock.js';
export {
  LANGUAGES,
  localized,
  storefrontPage,
  type AddressLanguage,
  type Language,
  type LocalizedText,
} from '../kernel/languages.js';
export type { Logger } from '../kernel/logger.js';
export { money, type Money } from '../kernel/money.js';
export { z } from 'zod';

// Modules of the shop to depend on, with the types and the events that a plugin extends
export { catalogModule } from '../domains/catalog/catalog.module.js';
export { importsModule } from '../domains/imports/imports.module.js';
export { longJobsModule } from '../domains/long-jobs/long-jobs.module.js';
export { JobPayload, type LongJobService } from '../domains/long-jobs/index.js';
export { cartModule } from '../domains/cart/cart.module.js';
export { ordersModule } from '../domains/orders/orders.module.js';
export { orderEditingModule } from '../domains/order-editing/order-editing.module.js';
export type { DraftOrderService } from '../domains/order-editing/index.js';
export { checkoutModule } from '../domains/checkout/checkout.module.js';
export {
  Cart,
  cartOwner,
  cartPayload,
  CartPayload,
  type CartOwner,
  type CartService,
  type CartView,
} from '../domains/cart/index.js';
export {
  Order,
  orderClosed,
  orderCreated,
  orderPaid,
  orderPlaced,
  orderShipped,
  type OrderEntity,
} from '../domains/orders/index.js';
export { customFieldsChanged } from '../domains/custom-fields/index.js';
export { metadataChanged } from '../domains/metadata/index.js';
export { disputeOpened, refundChanged } from '../domains/payments/index.js';

// Accounts that pay for orders, such as gift cards
export { paymentsModule } from '../domains/payments/payments.module.js';
export type { ChosenAccount, Ledger, LedgerAccount, LedgerMove } from '../domains/payments/index.js';
