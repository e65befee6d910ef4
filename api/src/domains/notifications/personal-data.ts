import { definePersonalData } from '../../platform/personal-data/define-personal-data.js';
import { IS_OF_PERSON } from '../orders/index.js';

/** What mails hold about people. Their text is left out: it says what orders and accounts say, and may hold links. */
export const mailsPersonalData = [
  definePersonalData({
    ...{ table: 'email', statement: 'notifications.personal-mails', name: 'mails' },
    columns: ['recipient', 'model'],
    sql: `, own AS (
       SELECT m.* FROM email m, shop_order o, person
       WHERE m.dedupe_key LIKE 'order:%' AND split_part(m.dedupe_key, ':', 2) = o.id::text AND ${IS_OF_PERSON}
       UNION ALL
       SELECT m.* FROM email m, app_user u, person WHERE u.id = person.user_id AND m.dedupe_key NOT LIKE 'order:%'
         AND counted_email(m.recipient) = counted_email(u.email) AND m.dedupe_key LIKE 'account:' || u.id || ':%')
     SELECT jsonb_build_object('mail', template, 'recipient', recipient, 'language', language, 'status', status,
       'createdAt', created_at) AS data FROM own ORDER BY created_at, id`,
  }),
];
