import { definePersonalData } from '../../platform/personal-data/define-personal-data.js';
import { IS_OF_PERSON } from '../orders/index.js';

/** What invoices and credit notes hold about people. */
export const invoicingPersonalData = [
  definePersonalData({
    ...{ table: 'invoice', statement: 'invoicing.personal-invoices', name: 'invoices' },
    columns: ['content', 'search_text'],
    sql: `SELECT jsonb_build_object('number', i.printed_number, 'kind', i.kind, 'order', o.number, 'buyer', i.content -> 'buyer',
       'currency', i.currency, 'totalInMinorUnits', i.total_gross, 'issuedAt', i.issued_at) AS data
     FROM invoice i JOIN shop_order o ON o.id = i.order_id, person WHERE ${IS_OF_PERSON} ORDER BY i.issued_at, i.id`,
  }),
];
