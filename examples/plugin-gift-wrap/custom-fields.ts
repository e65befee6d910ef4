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
  Order: [
    {
      name: 'wrappedBy',
      type: 'string',
      max: 60,
      label: { en: 'Wrapped by', fr: 'Emballé par', ro: 'Ambalat de' },
    },
  ],
};
