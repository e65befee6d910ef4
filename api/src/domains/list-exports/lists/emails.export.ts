import { Role } from '../../../platform/graphql/roles.js';
import {
  EmailFilter,
  EmailList,
  emailQuery,
  type EmailQuery,
  type EmailRow,
} from '../../notifications/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';
import { ordersById, type NamedOrder } from './orders-by-id.js';

type Orders = ReadonlyMap<string, NamedOrder>;

export const emailExport = coreExport<EmailRow, EmailQuery, Orders>({
  name: 'Email',
  rows: 'mails',
  role: Role.ADMIN,
  permission: 'SYSTEM',
  search: 200,
  filter: EmailFilter,
  query: emailQuery,
  columns: {
    RECIPIENT: typedColumn('To whom it goes.', ({ recipient }) => recipient),
    TEMPLATE: plainColumn('Which mail it is.', ({ template }) => template),
    LANGUAGE: plainColumn('In which language.', ({ language }) => language),
    STATUS: plainColumn('What became of it.', ({ status }) => status),
    ORDER: typedColumn(
      'The number of the order that it is about.',
      ({ orderId }, { more }) => more.get(orderId ?? '')?.number,
    ),
    CREATED_AT: momentColumn('When it was written.', ({ createdAt }) => createdAt),
    NOT_BEFORE: momentColumn('When it leaves at the earliest.', ({ notBefore }) => notBefore),
    UPDATED_AT: momentColumn('When it last changed.', ({ updatedAt }) => updatedAt),
    ATTEMPTS: plainColumn('How often it was tried.', ({ attempts }) => attempts),
    ERROR: typedColumn('Why it could not be sent.', ({ error }) => error),
    TEMPLATE_VERSION: plainColumn('The version of its text.', ({ templateVersion }) => templateVersion),
  },
  read: ({ database, cursors }) => {
    const list = new EmailList(database, cursors);
    return {
      page: (query, _sort, page) => list.page(query, page),
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
      more: (mails) =>
        ordersById(
          database,
          mails.map(({ orderId }) => orderId),
        ),
    };
  },
});
