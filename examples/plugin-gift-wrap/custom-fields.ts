import type { CustomFields } from '@vitrine/api/plugin';

/** What staff say of single products and orders: the shop stores it, checks it and draws the form. */
export const customFields: CustomFields = {
  Product: [
    {
      name: 'giftHint',
      type: 'string',
      translated: true,
      public: true,
      max: 120,
      label: { en: 'Hint for gifts', fr: 'Conseil pour les cadeaux', ro: 'Sfat pentru cadouri' },
      help: {
        en: 'Buyers read it below the button that adds to the cart.',
        fr: 'Les acheteurs le lisent sous le bouton d’ajout au panier.',
        ro: 'Cumpărătorii îl citesc sub butonul de adăugare în coș.',
      },
    },
    {
      name: 'wrapSize',
      type: 'enum',
      label: { en: 'Size of the paper', fr: 'Taille du papier', ro: 'Mărimea hârtiei' },
      options: [
        { value: 'SMALL', label: { en: 'Small', fr: 'Petite', ro: 'Mică' } },
        { value: 'LARGE', label: { en: 'Large', fr: 'Grande', ro: 'Mare' } },
      ],
    },
  ],
  ProductVariant: [
    {
      name: 'paperLength',
      type: 'int',
      min: 1,
      max: 1000,
      label: { en: 'Paper in cm', fr: 'Papier en cm', ro: 'Hârtie în cm' },
      help: {
        en: 'What one of it takes.',
        fr: 'Ce qu’il en faut pour une pièce.',
        ro: 'Cât îi trebuie unei bucăți.',
      },
    },
  ],
  Category: [
    {
      name: 'packAs',
      type: 'enum',
      label: { en: 'Packed in', fr: 'Emballé dans', ro: 'Ambalat în' },
      options: [
        { value: 'BOX', label: { en: 'A box', fr: 'Une boîte', ro: 'Cutie' } },
        { value: 'TUBE', label: { en: 'A tube', fr: 'Un tube', ro: 'Tub' } },
      ],
    },
  ],
  Order: [
    {
      name: 'wrappedBy',
      type: 'string',
      max: 60,
      label: { en: 'Wrapped by', fr: 'Emballé par', ro: 'Ambalat de' },
    },
  ],
};
