import { text } from '../../../../platform/imports/cells.js';
import { defineImport } from '../../../../platform/imports/define-import.js';

/** Customers by list. The e-mail says who it is; the file of the list of customers has the same columns. */
export const customersImport = defineImport({
  kind: 'CUSTOMERS',
  description: 'Adds customers by list, and changes those whose e-mail the shop knows.',
  permission: 'CUSTOMER_WRITE',
  messages: 'imports/customers',
  columns: {
    email: {
      ...{ read: text({ most: 254 }), required: true },
      ...{ example: 'ana@example.com', looksLike: /^[^\s@]+@[^\s@]+$/ },
    },
    first_name: { read: text({ most: 80 }), example: 'Ana' },
    last_name: { read: text({ most: 80 }), example: 'Pop' },
    phone: { read: text({ most: 40 }), example: '+40722333444' },
    language: { read: text({ most: 10 }), example: 'ro' },
    tags: { read: text({ most: 900 }), example: 'wholesale, press' },
  },
  repeated: 'REFUSE',
});
