/**
 * Every code of `UserError.code`, with its meaning: the enum ErrorCode of the schema. A new code needs one line here
 * and messages in three languages in both clients (their type checks require them).
 */
export const errorCodes = {
  // Input
  INVALID_INPUT: 'A field of the input cannot be taken: path says which, message says why.',
  INVALID_EMAIL: 'This is no e-mail address.',
  INVALID_PHONE: 'This is no telephone number.',
  INVALID_POSTAL_CODE: 'This is no postal code of the country.',
  INVALID_COUNTRY: 'This is no country code, or the shop does not deliver there.',
  INVALID_DATE: 'This is no day or moment in the form that its scalar describes.',
  INVALID_URL: 'This is no address in the form that the scalar URL describes.',
  INVALID_AMOUNT: 'This is no amount of money, or no currency.',
  NOT_FOUND: 'There is no such thing, or the caller may not see it: path says which id.',
  STALE_VERSION: 'It changed since the caller read it. Look at it as it is now and decide again.',
  IDEMPOTENCY_KEY_REUSED:
    'The same key was used with another input before. Use a new key for another request.',
  ILLEGAL_TRANSITION: 'It is in a state from which this cannot be done.',
  // Accounts
  INVALID_CREDENTIALS:
    'E-mail or password is wrong, or the account is closed; the error does not reveal which.',
  EMAIL_TAKEN: 'Another account has this e-mail.',
  WEAK_PASSWORD: 'The password is too short, too long, or among the first that are tried.',
  STAFF_PASSWORD_TOO_SHORT: 'The password of a member of staff has at least 12 characters.',
  INVALID_TOKEN: 'The link or token is forged, expired or used.',
  // Catalog
  SLUG_TAKEN: 'Another product has this slug.',
  SKU_TAKEN: 'Another variant has this SKU.',
  BARCODE_TAKEN: 'Another variant has this barcode.',
  VARIANT_EXISTS: 'The product has a variant with these choices.',
  LAST_VARIANT: 'A product keeps at least one variant. Archive the product instead.',
  UPLOAD_INVALID: 'The file is none that can be taken, did not arrive, or is not the one that was announced.',
  // Stock
  INSUFFICIENT_STOCK:
    'Fewer can be had than were asked for: see availableQuantity of InsufficientStockError.',
  STALE_QUANTITY: 'The stock is not what the caller believed: see currentQuantity of StaleQuantityError.',
  HOLD_EXPIRED: 'The time of the hold ran out and its stock was given back.',
  HOLD_CLOSED: 'The hold was committed or released before: see status of HoldClosedError.',
  LAST_LOCATION: 'At least one location must be sold from.',
  // Cart and checkout
  QUANTITY_LIMIT: 'One line holds at most 999 pieces of a variant.',
  CART_EMPTY: 'There is nothing in the cart.',
  CART_NOT_READY: 'The cart lacks what an order needs: see Cart.missingSteps.',
  SHIPPING_METHOD_UNAVAILABLE: 'The chosen delivery is not offered for this cart any more. Choose another.',
  PRICE_CHANGED: 'It costs something else than was agreed to: see currentTotal of PriceChangedError.',
  PAYMENT_METHOD_NOT_OFFERED: 'The shop does not offer this way to pay here.',
  AMOUNT_TOO_SMALL: 'The payment provider takes no amount as small as this.',
  AMOUNT_NOT_PAYABLE: 'The total is below or above what can be paid at once.',
  TOO_MANY_UNPAID_ORDERS:
    'Too many orders of this buyer or network are unpaid, or were cancelled or expired. Pay or cancel one, or try again later.',
  UNPAID_QUANTITY_TOO_LARGE:
    'So many pieces are not held without being paid. Path names paymentMethod where another way to pay would allow more.',
  CHECKOUT_BLOCKED: 'Staff keeps this mailbox, phone number or network from ordering for a while.',
  // Payment
  PAYMENT_FAILED: 'The payment provider refused. No money moved.',
  PAYMENT_UNDECIDED: 'The payment provider has not decided yet. Try again in a moment.',
  PAYMENT_DISPUTED:
    'The buyer disputes the payment at the bank: nothing can be refunded or shipped until it is settled.',
  PAYMENT_NOT_CAPTURED: 'The money is only reserved or has not come yet; take it or wait for it first.',
  CARD_DECLINED: 'The bank declined the card. Nothing was charged.',
  INSUFFICIENT_FUNDS: 'There is not enough money on the card. Nothing was charged.',
  EXPIRED_CARD: 'The card has expired. Nothing was charged.',
  UNKNOWN_TEST_CARD: 'This is none of the cards of the test provider.',
  TEST_PAYMENTS_OFF: 'This shop takes real payments: there are no test cards.',
  CAPTURE_REQUIRED: 'The money is only reserved; take it before the goods leave.',
  NOTHING_TO_CAPTURE: 'No money is reserved for this order.',
  NOTHING_TO_RECEIVE: 'No money is awaited for this order.',
  NOTHING_TO_RESEND: 'What the mail said is not kept any more, or it is on its way: it cannot be sent again.',
  NOTHING_TO_REPLAY: 'Messages of this type are only kept, never worked on.',
  STOCK_UNAVAILABLE: 'The money came too late: the goods were sold since. Send it back.',
  REFUND_TOO_LARGE: 'More would go back than is left of the payment or of the lines.',
  // Orders and returns
  ALREADY_SHIPPED: 'Goods of this order have left.',
  ORDER_EDIT_PENDING: 'A change of this order waits for its payment. Cancel it first.',
  LINE_NOT_EDITABLE: 'The line was shipped, given up or paid back, so it cannot be changed.',
  RETURN_WINDOW_CLOSED: 'The time for returns of this order is over.',
  TOO_MANY_RETURNS: 'The order has as many open returns as it may have.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** True for a text that is one of our codes, such as one made from a payment provider's. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

/**
 * Codes of `extensions.code` in errors that are thrown instead of being returned in a payload, with their meaning.
 * Every other code is sent as INTERNAL.
 */
export const thrownCodes = {
  UNAUTHENTICATED: 'The field requires a signed-in caller.',
  FORBIDDEN: 'The caller may not do or see this.',
  BAD_USER_INPUT: 'An argument or variable cannot be taken.',
  RATE_LIMITED: 'Too many attempts; wait and try again.',
  QUERY_TOO_EXPENSIVE: 'The document is too large, too deep or too dear. Ask for less at once.',
  BAD_REQUEST: 'The request is invalid for this URL.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'operationName names none of the operations in the document.',
  PERSISTED_QUERY_NOT_FOUND: 'No document is known by this hash: send it once together with its hash.',
  PERSISTED_QUERY_REQUIRED: 'This shop executes only known operations.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Persisted queries are switched off.',
  INTERNAL: 'A fault on our side. Nothing was changed.',
} as const;

export type ThrownCode = keyof typeof thrownCodes;

export function isThrownCode(code: unknown): code is ThrownCode {
  return typeof code === 'string' && Object.hasOwn(thrownCodes, code);
}
