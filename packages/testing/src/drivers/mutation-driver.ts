import { getNamedType, isInputObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Answer, GraphqlClient } from './graphql-client.js';

const ORDER = `order { id number version status paymentStatus fulfillmentStatus note total { gross { amount } } refundedTotal { amount }
  lines { id sku quantity fulfilledQuantity cancelledQuantity total { gross { amount } } } events { id kind } }`;

/** The selection of each payload type: everything that a repeated request could return wrongly. */
const SELECTIONS: Readonly<Record<string, string>> = {
  OrderPayload: ORDER,
  ShipmentPayload: `${ORDER} shipment { id status carrier trackingNumber }`,
  OrderEditPayload: `${ORDER} edit { id status difference { amount } expiresAt decidedAt lines { quantityBefore quantityAfter } }`,
  OrderRefundPayload: `${ORDER} refund { id status amount { amount } shippingAmount { amount } lines { quantity restocked amount { amount } } }`,
  JobPayload: 'job { id kind status }',
  ImportPayload: 'import { id kind status version }',
  SavedViewPayload: 'view { id version }',
  ReturnPayload: `return { id number version status value { amount } lines { id quantity received restocked }
    exchangeOrder { id number status } refund { id amount { amount } } } order { id version refundedTotal { amount } events { id kind } }`,
  CheckoutCompletePayload:
    'orderToken order { id number status paymentStatus total { gross { amount } } } paymentSession { clientSecret amount { amount } }',
  CategoryPayload: 'category { id slug version }',
  TagPayload: 'tag { id slug version }',
  CustomerPayload: 'customer { id version }',
  AttributePayload: 'attribute { id code version }',
  AttributesPayload: 'attributes { id code version }',
  AttributeValuePayload: 'value { id code } attribute { id version }',
  StaffMemberPayload: 'staffMember { id version status }',
  StaffRolePayload: 'role { id name version }',
  StaffRoleDeletePayload: 'role { id version } deletedRoleId',
  StaffInvitationPayload: 'invitation { id email version }',
  RedirectPayload: 'redirect { id fromPath toPath version }',
  ShippingZonePayload: 'zone { id name version }',
  ShippingZoneDeletePayload: 'zone { id name version } deletedZoneId',
  ShippingMethodPayload: 'method { id code version }',
  ShippingMethodsPayload: 'methods { id code version }',
  TaxClassPayload: 'taxClass { id code version }',
  ShopLanguagePayload: 'shopLanguages { version languages { code } }',
  TranslationPayload: 'coverage { written }',
  MessageOverridePayload: 'word { key text }',
  TaxRatePayload: 'taxRate { id from until ratePercent version }',
  MediaPayload: 'media { id version filename }',
  MenuPayload: 'menu { id version }',
  PagePayload: 'page { id version }',
  PagePreviewPayload: 'url',
  MediaDeletePayload: 'deletedMediaId media { id version }',
  MediaCreatePayload: 'media { id version filename }',
  ProductPayload: 'product { id slug variants { id sku } }',
  ProductVariantPayload: 'variant { id sku availability availableQuantity }',
  StockItemPayload:
    'item { onHand reserved available backordered levels { location { code } onHand reserved } }',
  StockHoldPayload: 'hold { id status expiresAt lines { sku quantity location { code } } }',
  OrderReleaseAndBlockPayload: `${ORDER} released undecided blocks { kind contact }`,
  EmailPayload: 'email { id recipient template status }',
  WebhookEventPayload: 'event { id status attempts }',
};

/** Runs any mutation by its name. */
export class MutationDriver {
  constructor(private readonly schema: GraphQLSchema) {}

  /** Every mutation whose input has an idempotency key. */
  keyed(): string[] {
    return this.mutations()
      .filter(({ args: [input] }) => {
        const type = input && getNamedType(input.type);
        return isInputObjectType(type) && 'idempotencyKey' in type.getFields();
      })
      .map(({ name }) => name);
  }

  /** Every mutation. */
  names(): string[] {
    return this.mutations().map(({ name }) => name);
  }

  async press(name: string, input: object, by: GraphqlClient): Promise<Answer> {
    const mutation = this.mutations().find((field) => field.name === name);
    if (!mutation) throw new Error(`There is no mutation ${name}`);
    const selection = SELECTIONS[getNamedType(mutation.type).name];
    if (!selection) throw new Error(`Say in presses.ts what is read of the answer to ${name}`);
    const text = `mutation($input: ${String(mutation.args[0]?.type)}) { ${name}(input: $input) { ${selection}
      errors { __typename code message path } warnings { code } } }`;
    return (await by.ask(text, { input }))[name] as Answer;
  }

  /** As `press`, for mutations that must succeed. */
  async done(name: string, input: object, by: GraphqlClient): Promise<Answer> {
    const answer = await this.press(name, input, by);
    if (answer['errors'].length > 0) throw new Error(`${name}: ${JSON.stringify(answer['errors'])}`);
    return answer;
  }

  private mutations() {
    const type = this.schema.getMutationType() as GraphQLObjectType;
    return Object.values(type.getFields());
  }
}
