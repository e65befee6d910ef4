import { h } from 'vue';
import {
  EmailBulkCancelDocument,
  EmailBulkResendDocument,
  EmailExportCreateDocument,
  EmailsDocument,
} from '../generated/system/graphql';
import { code, moment, rowLink, status, text } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import { usePolling } from '../ui/usePolling';
import { startBulk } from '../ui/lists/selection/bulk-action';
import { mailName } from '../ui/mail-names';
import { MAIL_STATES, MAIL_TONES, toMailFilter } from './mail-messages';

export const mailList = defineList({
  name: 'mails',
  title: 'mails.title',
  query: EmailsDocument,
  connection: (data) => data.emails,
  types: ['Email'],
  search: 'mails.search',
  filters: {
    status: {
      label: 'mails.state',
      kind: 'many',
      choices: ({ t }) => MAIL_STATES.map((value) => ({ value, label: t(`mailState.${value}`) })),
    },
  },
  toFilter: toMailFilter,
  exports: listExport(EmailExportCreateDocument, (data) => data.emailExportCreate, {
    recipient: ['RECIPIENT'],
    template: ['TEMPLATE'],
    status: ['STATUS', 'NOT_BEFORE'],
    order: ['ORDER'],
    written: ['CREATED_AT'],
    attempts: ['ATTEMPTS'],
    error: ['ERROR'],
    version: ['TEMPLATE_VERSION'],
  }),
  bulk: [
    {
      key: 'RESEND',
      label: 'mails.bulk.RESEND',
      hint: 'mails.bulkHint.RESEND',
      icon: 'i-lucide-send',
      isFor: ({ can }) => can('SYSTEM'),
      start: startBulk(EmailBulkResendDocument, (data) => data.emailBulkResend),
    },
    {
      key: 'CANCEL',
      label: 'mails.bulk.CANCEL',
      hint: 'mails.bulkHint.CANCEL',
      icon: 'i-lucide-ban',
      isFor: ({ can }) => can('SYSTEM'),
      start: startBulk(EmailBulkCancelDocument, (data) => data.emailBulkCancel),
    },
  ],
  columns: {
    recipient: {
      header: 'mails.recipient',
      required: true,
      cell: ({ recipient }) => text(recipient, { look: 'font-medium text-highlighted' }),
    },
    template: {
      header: 'mails.template',
      cell: ({ template }) => text(mailName(template), { width: 'narrow' }),
    },
    status: {
      header: 'mails.state',
      cell: (row, { t }) => [
        status(MAIL_TONES[row.status], t(`mailState.${row.status}`)),
        row.status === 'SCHEDULED' ? h('div', { class: 'ps-4 text-sm' }, [moment(row.notBefore)]) : null,
      ],
    },
    order: {
      header: 'mails.order',
      cell: ({ order }) => order && rowLink({ name: 'order', params: { id: order.id } }, `#${order.number}`),
    },
    written: { header: 'mails.written', cell: (row) => moment(row.createdAt) },
    attempts: {
      header: 'mails.attempts',
      align: 'end',
      wideOnly: true,
      cell: (row, { n }) => n(row.attempts),
    },
    error: {
      header: 'mails.error',
      cell: ({ error }) => text(error, { width: 'narrow', look: 'text-error' }),
    },
    version: {
      header: 'mails.version',
      wideOnly: true,
      hidden: true,
      cell: (row) => code(row.templateVersion),
    },
    actions: { header: 'mails.actions', required: true, hidesHeader: true },
  },
  empty: { icon: 'i-lucide-mail', title: 'mails.empty', hint: 'mails.emptyHint' },
  // Nobody is told of them: the page asks while one is worked on, and not while one waits to be tried again.
  live: ({ rows, reload }) =>
    usePolling(
      () =>
        rows.value.some(
          ({ status, attempts }) => status === 'SENDING' || (status === 'QUEUED' && attempts === 0),
        ),
      reload,
    ),
});
