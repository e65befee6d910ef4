import { definePersonalData } from '../../platform/personal-data/define-personal-data.js';
import { IS_OF_PERSON } from '../orders/index.js';

/** What returns hold about people. */
export const returnsPersonalData = [
  definePersonalData({
    ...{ table: 'order_return', statement: 'returns.personal-returns', name: 'returns' },
    columns: ['reason', 'comment', 'staff_note', 'search_text'],
    sql: `SELECT jsonb_build_object('number', r.number, 'order', o.number, 'status', r.status, 'resolution', r.resolution,
       'reason', r.reason, 'comment', r.comment, 'noteOfTheShop', CASE WHEN person.known_as <> '{}' THEN r.staff_note END,
       'photos', (SELECT count(*) FROM return_photo p WHERE p.return_id = r.id), 'createdAt', r.created_at) AS data
     FROM order_return r JOIN shop_order o ON o.id = r.order_id, person WHERE ${IS_OF_PERSON} ORDER BY r.created_at, r.id`,
  }),
];
