import {
  getNamedType,
  isInputObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
} from 'graphql';
import { errorCodes, type ErrorCode } from '../../kernel/error-codes.js';

type Codes = readonly ErrorCode[];

const CREDENTIALS: Codes = ['INVALID_CREDENTIALS'];
const GALLERY: Codes = ['UPLOAD_INVALID'];
const CODES_OF_VARIANT: Codes = ['SKU_TAKEN', 'BARCODE_TAKEN', 'VARIANT_EXISTS'];
const CART_LINE: Codes = ['INSUFFICIENT_STOCK', 'QUANTITY_LIMIT', 'UNPAID_QUANTITY_TOO_LARGE'];
const HOLD: Codes = ['HOLD_EXPIRED', 'HOLD_CLOSED'];
const STEP: Codes = ['ILLEGAL_TRANSITION'];
const WRITTEN_DRAFT: Codes = ['INSUFFICIENT_STOCK', 'SHIPPING_METHOD_UNAVAILABLE', 'AMOUNT_NOT_PAYABLE'];
const PROVIDER: Codes = ['PAYMENT_FAILED', 'PAYMENT_UNDECIDED', 'PAYMENT_DISPUTED'];
const STAFF_MOVE: Codes = [
  'ILLEGAL_TRANSITION',
  'ALREADY_SHIPPED',
  'CAPTURE_REQUIRED',
  'ORDER_EDIT_PENDING',
  'PAYMENT_NOT_CAPTURED',
  ...PROVIDER,
];

/** The error codes of each mutation, in addition to those that follow from its input fields. */
const codesOfMutation: Readonly<Record<string, Codes>> = {
  cartAddressesUpdate: ['CART_EMPTY', 'INVALID_PHONE', 'INVALID_POSTAL_CODE'],
  cartContactUpdate: ['CART_EMPTY', 'INVALID_PHONE'],
  cartClear: ['CART_EMPTY'],
  cartLineAdd: CART_LINE,
  cartLineUpdate: CART_LINE,
  cartLinesAdd: CART_LINE,
  cartLinesUpdate: CART_LINE,
  cartShippingMethodSelect: ['CART_EMPTY', 'SHIPPING_METHOD_UNAVAILABLE'],
  checkoutComplete: [
    'CART_NOT_READY',
    'INSUFFICIENT_STOCK',
    'SHIPPING_METHOD_UNAVAILABLE',
    'PRICE_CHANGED',
    'PAYMENT_METHOD_NOT_OFFERED',
    'AMOUNT_TOO_SMALL',
    'AMOUNT_NOT_PAYABLE',
    'TOO_MANY_UNPAID_ORDERS',
    'UNPAID_QUANTITY_TOO_LARGE',
    'CHECKOUT_BLOCKED',
    'PAYMENT_FAILED',
  ],
  draftOrderCreate: WRITTEN_DRAFT,
  draftOrderUpdate: [...WRITTEN_DRAFT, ...STEP],
  draftOrderSend: [...WRITTEN_DRAFT, ...STEP, 'PRICE_CHANGED', 'AMOUNT_TOO_SMALL', 'PAYMENT_FAILED'],
  draftOrderMarkPaid: [...WRITTEN_DRAFT, ...STEP, 'PRICE_CHANGED'],
  emailResend: ['NOTHING_TO_RESEND'],
  login: CREDENTIALS,
  signUp: ['EMAIL_TAKEN', 'WEAK_PASSWORD', 'INVALID_PHONE'],
  passwordChange: ['INVALID_CREDENTIALS', 'WEAK_PASSWORD', 'STAFF_PASSWORD_TOO_SHORT'],
  passwordReset: ['INVALID_TOKEN', 'WEAK_PASSWORD', 'STAFF_PASSWORD_TOO_SHORT'],
  tokenRefresh: ['INVALID_TOKEN'],
  profileUpdate: ['INVALID_PHONE'],
  orderCancel: STAFF_MOVE,
  orderCancelByCustomer: STAFF_MOVE,
  orderStatusUpdate: STAFF_MOVE,
  orderReleaseAndBlock: STAFF_MOVE,
  orderEdit: [
    ...STAFF_MOVE,
    'INSUFFICIENT_STOCK',
    'LINE_NOT_EDITABLE',
    'PRICE_CHANGED',
    'REFUND_TOO_LARGE',
    'AMOUNT_TOO_SMALL',
    'AMOUNT_NOT_PAYABLE',
  ],
  orderEditCancel: [...STEP, 'PAYMENT_UNDECIDED'],
  orderRefund: [...PROVIDER, ...STEP, 'REFUND_TOO_LARGE', 'PAYMENT_NOT_CAPTURED', 'LINE_NOT_EDITABLE'],
  paymentCapture: ['NOTHING_TO_CAPTURE', 'STOCK_UNAVAILABLE', ...PROVIDER, ...STEP],
  paymentMarkReceived: ['NOTHING_TO_RECEIVE', 'STOCK_UNAVAILABLE', ...PROVIDER, ...STEP],
  paymentSessionCreate: ['NOT_FOUND'],
  paymentStatusRefresh: ['NOT_FOUND'],
  paymentTestConfirm: [
    'NOT_FOUND',
    'PAYMENT_FAILED',
    'CARD_DECLINED',
    'INSUFFICIENT_FUNDS',
    'EXPIRED_CARD',
    'UNKNOWN_TEST_CARD',
    'TEST_PAYMENTS_OFF',
  ],
  productCreate: ['SLUG_TAKEN', ...CODES_OF_VARIANT],
  productUpdate: ['SLUG_TAKEN'],
  productVariantCreate: CODES_OF_VARIANT,
  productVariantUpdate: CODES_OF_VARIANT,
  productVariantDelete: ['LAST_VARIANT'],
  productImageAdd: GALLERY,
  uploadCreate: GALLERY,
  returnPhotoUploadCreate: ['NOT_FOUND', ...GALLERY],
  returnRequest: ['NOT_FOUND', 'RETURN_WINDOW_CLOSED', 'TOO_MANY_RETURNS', ...GALLERY, ...STEP],
  returnApprove: STEP,
  returnReject: STEP,
  returnCancel: STEP,
  returnReceive: STEP,
  returnRefund: [...STEP, ...PROVIDER, 'REFUND_TOO_LARGE', 'PAYMENT_NOT_CAPTURED'],
  returnExchange: [...STEP, 'INSUFFICIENT_STOCK', 'PAYMENT_DISPUTED', 'AMOUNT_NOT_PAYABLE'],
  shipmentCreate: [...STEP, 'CAPTURE_REQUIRED', 'PAYMENT_DISPUTED', 'INSUFFICIENT_STOCK'],
  shipmentUpdate: STEP,
  stockCommit: HOLD,
  stockRelease: HOLD,
  stockReserve: ['NOT_FOUND', 'INSUFFICIENT_STOCK'],
  stockLocationUpdate: ['LAST_LOCATION'],
  stockSet: ['STALE_QUANTITY'],
  stockTransfer: ['INSUFFICIENT_STOCK'],
  webhookReplay: ['NOTHING_TO_REPLAY'],
};

const ofScalars: Readonly<Record<string, Codes>> = {
  ID: ['NOT_FOUND'],
  MinorUnits: ['INVALID_AMOUNT'],
  CurrencyCode: ['INVALID_AMOUNT'],
  CountryCode: ['INVALID_COUNTRY'],
  EmailAddress: ['INVALID_EMAIL'],
  URL: ['INVALID_URL'],
  DateTime: ['INVALID_DATE'],
  Date: ['INVALID_DATE'],
  AddressInput: ['INVALID_COUNTRY', 'INVALID_PHONE', 'INVALID_POSTAL_CODE'],
};

const ofFields: Readonly<Record<string, Codes>> = {
  idempotencyKey: ['IDEMPOTENCY_KEY_REUSED'],
  expectedVersion: ['STALE_VERSION'],
  cartVersion: ['STALE_VERSION'],
};

/** Every code that a mutation may return in `errors`, in the order of ErrorCode; empty if it never refuses. */
export function userErrorsOf(mutation: GraphQLField<unknown, unknown>): ErrorCode[] {
  const found = new Set<ErrorCode>(codesOfMutation[mutation.name] ?? []);
  const seen = new Set<GraphQLNamedType>();
  const add = (codes: Codes = []): void => codes.forEach((code) => found.add(code));
  function walk(given: GraphQLInputType): void {
    const type = getNamedType(given);
    add(ofScalars[type.name]);
    if (!isInputObjectType(type) || seen.has(type)) return;
    seen.add(type);
    add(['INVALID_INPUT']);
    for (const field of Object.values(type.getFields())) {
      // An idempotency key is also of type ID, but names no entity that could be missing.
      if (ofFields[field.name]) add(ofFields[field.name]);
      else walk(field.type);
    }
  }
  for (const { type } of mutation.args) walk(type);
  return (Object.keys(errorCodes) as ErrorCode[]).filter((code) => found.has(code));
}
