import type { CustomFields } from '@vitrine/api/plugin';

export const customFields: CustomFields = {
  Product: [
    {
      ...{ name: 'careGuide', type: 'text', translated: true, public: true },
      label: { en: 'Care guide', fr: 'Conseils d’entretien' },
    },
    {
      ...{ name: 'washing', type: 'enum', label: { en: 'Washing' } },
      options: [
        { value: 'HAND', label: { en: 'By hand' } },
        { value: 'MACHINE', label: { en: 'In the machine' } },
      ],
    },
  ],
  Cart: [
    { name: 'giftNote', type: 'text', public: true, byOwner: true, max: 200, label: { en: 'Gift note' } },
  ],
  Order: [
    { name: 'giftNote', type: 'text', public: true, label: { en: 'Gift note' } },
    { name: 'packedBy', type: 'string', max: 60, label: { en: 'Packed by' } },
  ],
};
