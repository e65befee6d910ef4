import type { ReturnForm_OrderFragment } from '../../generated/orders/graphql';
import type { RequestedReturn } from './useReturns';

export type ReturnableLine = ReturnForm_OrderFragment['lines'][number];

/** The buyer's choice for one line. Quantity 0: not returned. */
export interface LineChoice {
  quantity: number;
  /** The replacement variant; empty until chosen. */
  variantId: string;
}

export interface ExchangeOption {
  value: string;
  label: string;
}

/** The variants that a line can be exchanged for: available ones of the same product. */
export function exchangeOptions(
  { variant, variantName }: ReturnableLine,
  sameAgain: (name: string) => string,
): ExchangeOption[] {
  return (variant?.product.variants ?? [])
    .filter(({ availability }) => availability !== 'SOLD_OUT')
    .map(({ id, name }) => ({ value: id, label: id === variant?.id ? sameAgain(variantName) : name }));
}

/** The chosen lines as the API's input. */
export function chosenLines(
  choices: Readonly<Record<string, LineChoice>>,
  isExchange: boolean,
): RequestedReturn['lines'] {
  return Object.entries(choices)
    .filter(([, { quantity }]) => quantity > 0)
    .map(([orderLineId, { quantity, variantId }]) => ({
      orderLineId,
      quantity,
      ...(isExchange && variantId ? { exchangeVariantId: variantId } : {}),
    }));
}

export interface ReturnDraft {
  choices: Readonly<Record<string, LineChoice>>;
  reason: string;
  isExchange: boolean;
  isSendingPhotos: boolean;
}

/** The missing values as message keys by field. */
export function missingIn({
  choices,
  reason,
  isExchange,
  isSendingPhotos,
}: ReturnDraft): Record<string, string> {
  const missing: Record<string, string> = {};
  const chosen = Object.entries(choices).filter(([, { quantity }]) => quantity > 0);
  if (chosen.length === 0) missing.lines = 'return.chooseOne';
  if (!reason) missing.reason = 'return.pickReason';
  for (const [id, { variantId }] of isExchange ? chosen : [])
    if (!variantId) missing[`variant-${id}`] = 'return.pickVariant';
  if (isSendingPhotos) missing.photos = 'return.photosWait';
  return missing;
}
