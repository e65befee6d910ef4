import { inEveryLanguage } from '../../../platform/messages.js';
import type { Step } from '../../../platform/strategies/steps.js';
import { defineShippingRate } from './shipping-rate.js';

const words = (key: string) => inEveryLanguage('api', `shippingRates.${key}`);

const FREE_FROM = {
  name: 'freeFrom',
  type: 'money',
  min: 1,
  label: words('freeFrom'),
  help: words('freeFromHelp'),
} as const;

export const flatRate = defineShippingRate({
  code: 'flat',
  label: words('flat'),
  help: words('flatHelp'),
  fields: [{ name: 'price', type: 'money', required: true, label: words('price') }, FREE_FROM],
  price: ({ price, freeFrom }, { subtotal }) => (isFree(freeFrom, subtotal) ? 0 : price),
});

/** A price up to a weight, and one for each kilogram that is begun above it. */
export const weightRate = defineShippingRate({
  code: 'weight',
  label: words('weight'),
  help: words('weightHelp'),
  fields: [
    { name: 'price', type: 'money', required: true, label: words('basePrice') },
    {
      name: 'includedGrams',
      type: 'int',
      required: true,
      min: 0,
      defaultValue: 1000,
      label: words('includedGrams'),
    },
    { name: 'pricePerKilogram', type: 'money', required: true, label: words('pricePerKilogram') },
    {
      name: 'assumedGrams',
      type: 'int',
      required: true,
      min: 0,
      defaultValue: 500,
      label: words('assumedGrams'),
      help: words('assumedGramsHelp'),
    },
    { name: 'mostGrams', type: 'int', min: 1, label: words('mostGrams'), help: words('mostGramsHelp') },
    FREE_FROM,
  ],
  price({ price, includedGrams, pricePerKilogram, assumedGrams, mostGrams, freeFrom }, { subtotal, items }) {
    const grams = items.reduce(
      (sum, { quantity, weightGrams }) => sum + quantity * (weightGrams ?? assumedGrams),
      0,
    );
    if (mostGrams !== null && grams > mostGrams) return null;
    if (isFree(freeFrom, subtotal)) return 0;
    return price + kilogramsBegun(grams - includedGrams) * pricePerKilogram;
  },
});

/** A price for each step of weight; above the last one by the kilogram, or not at all. */
export const weightStepsRate = defineShippingRate({
  code: 'weight-steps',
  label: words('weightSteps'),
  help: words('weightStepsHelp'),
  fields: [
    { name: 'steps', type: 'steps', unit: 'GRAMS', required: true, label: words('weightStepsList') },
    {
      name: 'pricePerKilogram',
      type: 'money',
      label: words('pricePerKilogramAbove'),
      help: words('pricePerKilogramAboveHelp'),
    },
    FREE_FROM,
  ],
  price({ steps, pricePerKilogram, freeFrom }, { subtotal, grams }) {
    const step = stepOf(steps, grams);
    const last = steps.at(-1);
    if (!last || (!step && pricePerKilogram === null)) return null;
    if (isFree(freeFrom, subtotal)) return 0;
    return step ? step.amount : last.amount + kilogramsBegun(grams - last.upTo) * (pricePerKilogram ?? 0);
  },
});

/** A price for each step of what the goods cost, and one above the last. */
export const subtotalStepsRate = defineShippingRate({
  code: 'subtotal-steps',
  label: words('subtotalSteps'),
  help: words('subtotalStepsHelp'),
  fields: [
    { name: 'steps', type: 'steps', unit: 'MONEY', required: true, label: words('subtotalStepsList') },
    { name: 'priceAbove', type: 'money', required: true, label: words('priceAbove') },
    FREE_FROM,
  ],
  price: ({ steps, priceAbove, freeFrom }, { subtotal }) =>
    isFree(freeFrom, subtotal) ? 0 : (stepOf(steps, subtotal)?.amount ?? priceAbove),
});

/** A price for the first unit and one for each further unit. */
export const perItemRate = defineShippingRate({
  code: 'per-item',
  label: words('perItem'),
  help: words('perItemHelp'),
  fields: [
    { name: 'price', type: 'money', required: true, label: words('firstItem') },
    { name: 'pricePerItem', type: 'money', required: true, label: words('furtherItem') },
    { name: 'mostPrice', type: 'money', label: words('mostPrice'), help: words('mostPriceHelp') },
    FREE_FROM,
  ],
  price({ price, pricePerItem, mostPrice, freeFrom }, { subtotal, quantity }) {
    if (isFree(freeFrom, subtotal)) return 0;
    const sum = price + Math.max(0, quantity - 1) * pricePerItem;
    return mostPrice === null ? sum : Math.min(sum, mostPrice);
  },
});

/** Those of the shop itself, in the order in which staff choose. */
export const ownRates = [flatRate, weightRate, weightStepsRate, subtotalStepsRate, perItemRate];

function isFree(freeFrom: number | null, subtotal: number): boolean {
  return freeFrom !== null && subtotal >= freeFrom;
}

/** A step holds up to and with its border. */
function stepOf(steps: readonly Step[], amount: number): Step | undefined {
  return steps.find(({ upTo }) => amount <= upTo);
}

function kilogramsBegun(grams: number): number {
  return Math.max(0, Math.ceil(grams / 1000));
}
