import { statement, t } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import { EmailFilter, EmailList, emailQuery, type EmailQuery } from '../../notifications/index.js';
import type { BulkLocking } from '../../long-jobs/index.js';
import { coreBulk, type BulkDeps } from '../core-bulk.js';

const lockEmail = statement('bulkActions.lock-email', {
  params: { id: t.uuid },
  row: { name: t.text },
  sql: 'SELECT recipient AS name FROM email WHERE id = :id FOR UPDATE',
});

const ofMails = {
  rows: 'mails',
  table: 'email',
  role: Role.ADMIN,
  permission: 'SYSTEM',
  search: 200,
  filter: EmailFilter,
  query: emailQuery,
} as const;

function workOn({ database, cursors }: BulkDeps): BulkLocking<EmailQuery> {
  const list = new EmailList(database, cursors);
  return {
    count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
    select: (querying, query, range) => list.idsBetween(querying, query, range),
    lock: async (tx, id) => (await tx.row(lockEmail, { id }))?.name ?? null,
  };
}

export const emailsCancel = coreBulk<EmailQuery>({
  ...ofMails,
  name: 'emailBulkCancel',
  kind: 'EMAIL_CANCEL',
  description: 'Stops all mails that match and are SCHEDULED or QUEUED.',
  work: (deps) => ({
    ...workOn(deps),
    apply: (tx, id, { actorId }) => deps.resending.cancelIn(tx, id, actorId),
  }),
});

export const emailsResend = coreBulk<EmailQuery>({
  ...ofMails,
  name: 'emailBulkResend',
  kind: 'EMAIL_RESEND',
  description: 'Sends all mails that match again, each to the address it had, with the content it had.',
  work: (deps) => ({ ...workOn(deps), apply: (tx, id) => deps.resending.resendIn(tx, id, null) }),
});
