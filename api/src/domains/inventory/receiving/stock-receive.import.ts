import { code, text, wholeNumber } from '../../../platform/imports/cells.js';
import { defineImport } from '../../../platform/imports/define-import.js';
import { MOST } from '../stock.input.js';

/** Goods that arrived, by list. */
export const stockReceiveImport = defineImport({
  kind: 'STOCK_RECEIVE',
  description: 'Receives a delivery by list. Back-orders are filled from it first, oldest first.',
  permission: 'STOCK_WRITE',
  messages: 'imports/stock-receive',
  columns: {
    sku: { read: code({ most: 100 }), example: 'MUG-BLUE', looksLike: /^(?=.*\p{L})\S{1,60}$/u },
    barcode: { read: code({ most: 100 }), example: '5941234567899', looksLike: /^\d{8,14}$/ },
    quantity: {
      ...{ read: wholeNumber({ least: 1, most: MOST }), required: true },
      ...{ example: '12', looksLike: /^\d{1,6}$/ },
    },
    location: { read: text({ most: 100 }), example: 'main' },
    note: { read: text({ most: 200 }), example: 'PO 4711' },
  },
  oneOf: [['sku', 'barcode']],
  repeated: 'ADD',
});
