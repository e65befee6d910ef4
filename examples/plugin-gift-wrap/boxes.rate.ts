import { defineShippingRate } from '@vitrine/api/plugin';

/** Wrapped goods travel in boxes: a price for each box that is begun. */
export const boxesRate = defineShippingRate({
  code: 'boxes',
  label: { en: 'By gift boxes', fr: 'Par boîtes cadeaux', ro: 'După cutii de cadou' },
  help: {
    en: 'A price for each box that is begun.',
    fr: 'Un prix par boîte entamée.',
    ro: 'Un preț pentru fiecare cutie începută.',
  },
  fields: [
    {
      name: 'unitsPerBox',
      type: 'int',
      required: true,
      min: 1,
      defaultValue: 4,
      label: { en: 'Units in a box', fr: 'Unités par boîte', ro: 'Bucăți într-o cutie' },
    },
    {
      name: 'pricePerBox',
      type: 'money',
      required: true,
      label: { en: 'Price of a box', fr: 'Prix d’une boîte', ro: 'Prețul unei cutii' },
    },
  ],
  price: ({ unitsPerBox, pricePerBox }, { quantity }) =>
    Math.max(1, Math.ceil(quantity / unitsPerBox)) * pricePerBox,
});
