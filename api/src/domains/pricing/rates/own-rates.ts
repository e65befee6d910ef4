import { inEveryLanguage } from '../../../platform/messages.js';
import { defineShippingRate } from './shipping-rate.js';

const words = (key: string) => inEveryLanguage('api', `shippingRates.${key}`);

const FREE_FROM = {
  name: 'freeFrom',
  type: 'money',
  min: 1,
  label: words('freeFrom'),
  help: words('freeFromHelp'),
} as const;

/** Its arguments stand in columns of their own: the price and the border of free delivery, which pages show by themselves. */
export const flatRate = defineShippingRate({
  code: 'flat',
  label: words('flat'),
  help: words('flatHelp'),
  fields: [{ name: 'price', type: 'money', required: true, label: words('price') }, FREE_FROM],
  price: ({ price, freeFrom }, { subtotal }) => (freeFrom !== null && subtotal >= freeFrom ? 0 : price),
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
    if (freeFrom !== null && subtotal >= freeFrom) return 0;
    return price + Math.max(0, Math.ceil((grams - includedGrams) / 1000)) * pricePerKilogram;
  },
});
