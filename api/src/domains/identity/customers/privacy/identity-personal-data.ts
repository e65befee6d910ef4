import { definePersonalData } from '../../../../platform/personal-data/define-personal-data.js';

/** What accounts and customers hold about people. */
export const identityPersonalData = [
  definePersonalData({
    ...{ table: 'app_user', statement: 'identity.personal-account', name: 'account' },
    columns: ['email', 'first_name', 'last_name', 'phone', 'search_text'],
    sql: `SELECT jsonb_build_object('email', u.email, 'emailVerifiedAt', u.email_verified_at, 'firstName', u.first_name,
       'lastName', u.last_name, 'phone', u.phone, 'language', u.language, 'marketingOptIn', u.marketing_opt_in,
       'marketingOptInAt', u.marketing_opt_in_at, 'createdAt', u.created_at) AS data
     FROM app_user u, person WHERE u.id = person.user_id`,
  }),
  definePersonalData({
    ...{ table: 'customer', statement: 'identity.personal-customers', name: 'customers' },
    columns: ['email', 'email_key', 'first_name', 'last_name', 'phone', 'search_text'],
    sql: `SELECT jsonb_build_object('email', c.email, 'firstName', c.first_name, 'lastName', c.last_name, 'phone', c.phone,
       'language', c.language, 'tags', c.tags, 'createdAt', c.created_at) AS data
     FROM customer c, person WHERE c.id = ANY(person.known_as) ORDER BY c.created_at, c.id`,
  }),
  definePersonalData({
    ...{ table: 'customer_note', statement: 'identity.personal-notes', name: 'notesOfTheShop' },
    columns: ['body'],
    sql: `SELECT jsonb_build_object('text', n.body, 'createdAt', n.created_at) AS data
     FROM customer_note n, person WHERE n.customer_id = ANY(person.known_as) ORDER BY n.created_at, n.id`,
  }),
  definePersonalData({
    ...{ table: 'saved_address', statement: 'identity.personal-addresses', name: 'addresses' },
    columns: ['label', 'address', 'search_text'],
    sql: `SELECT jsonb_build_object('label', a.label, 'address', a.address, 'createdAt', a.created_at) AS data
     FROM saved_address a, person WHERE a.user_id = person.user_id ORDER BY a.created_at, a.id`,
  }),
  definePersonalData({
    ...{ table: 'user_session', statement: 'identity.personal-devices', name: 'devices' },
    columns: ['user_agent', 'network'],
    sql: `SELECT jsonb_build_object('browser', s.user_agent, 'network', s.network, 'signedInAt', s.created_at,
       'lastSeenAt', s.rotated_at) AS data
     FROM user_session s, person WHERE s.user_id = person.user_id ORDER BY s.created_at, s.id`,
  }),
  definePersonalData({
    ...{ table: 'one_time_token', columns: ['mailbox', 'replaced'] },
    unless:
      'The addresses of the account, or such that nobody confirmed; deleted a day after their link ends.',
  }),
  definePersonalData({
    ...{ table: 'staff_invitation', columns: ['email'] },
    unless: 'Of people who are to work in the shop, not of its customers.',
  }),
];
