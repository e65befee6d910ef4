import { h } from 'vue';
import { ImportsDocument } from '../generated/imports/graphql';
import type { ImportStatus } from '../generated/imports/graphql';
import { moment, status, text } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import type { Tone } from '../ui/StatusDot.vue';

const TONES: Record<ImportStatus, Tone> = {
  AWAITING_FILE: 'wait',
  READY: 'wait',
  CHECKING: 'busy',
  CHECKED: 'wait',
  APPLYING: 'busy',
  DONE: 'good',
  EXPIRED: 'quiet',
};

export const importList = defineList({
  name: 'imports',
  title: 'imports.title',
  query: ImportsDocument,
  connection: (data) => data.imports,
  types: ['Import'],
  columns: {
    file: {
      header: 'imports.file',
      required: true,
      cell: ({ filename, type }) => [
        h('span', { class: 'block max-w-64 truncate font-medium text-highlighted' }, filename),
        h('span', { class: 'block max-w-64 truncate text-muted' }, type.title),
      ],
    },
    status: {
      header: 'imports.statusColumn',
      cell: (row, { t }) => status(TONES[row.status], t(`imports.status.${row.status}`)),
    },
    rows: { header: 'imports.rows', align: 'end', cell: ({ rowCount }, { n }) => n(rowCount) },
    applied: {
      header: 'imports.appliedRows',
      align: 'end',
      cell: ({ appliedRows }, { n }) => n(appliedRows),
    },
    by: {
      header: 'imports.by',
      cell: ({ isMine, createdByName }, { t }) =>
        text(isMine ? t('jobs.me') : (createdByName ?? t('jobs.somebody')), { width: 'narrow' }),
    },
    started: { header: 'imports.started', cell: ({ createdAt }) => moment(createdAt) },
  },
  rowTo: ({ id }) => ({ name: 'import', params: { id } }),
  empty: { icon: 'i-lucide-file-up', title: 'imports.empty' },
});
