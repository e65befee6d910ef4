import { h } from 'vue';
import { JobsDocument } from '../generated/jobs/graphql';
import { moment } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import { usePolling } from '../ui/usePolling';
import { isOpen, jobKindChoices, jobStatusChoices, kindName, starterOf, toJobFilter } from './job-messages';
import JobProgress from './JobProgress.vue';

export const jobList = defineList({
  name: 'jobs',
  title: 'jobs.title',
  query: JobsDocument,
  connection: (data) => data.jobs,
  types: ['Job'],
  filters: {
    owner: {
      label: 'jobs.startedBy',
      kind: 'many',
      choices: ({ t }) => [{ value: 'MINE', label: t('jobs.mine') }],
      isFor: ({ can }) => can('SYSTEM'),
    },
    status: { label: 'jobs.status', kind: 'many', choices: ({ t }) => jobStatusChoices(t) },
    kind: { label: 'jobs.kind', kind: 'many', choices: ({ t }) => jobKindChoices(t) },
  },
  toFilter: toJobFilter,
  columns: {
    kind: {
      header: 'jobs.kind',
      required: true,
      cell: ({ kind, title }, { t }) => [
        h('span', { class: 'block max-w-64 truncate font-medium text-highlighted' }, kindName(kind, t)),
        title && h('span', { class: 'block max-w-64 truncate text-muted' }, title),
      ],
    },
    progress: { header: 'jobs.progress', cell: (job) => h(JobProgress, { job, class: 'min-w-48' }) },
    errors: {
      header: 'jobs.errorColumn',
      align: 'end',
      cell: ({ errorCount }, { n }) =>
        h('span', { class: errorCount > 0 ? 'text-error' : 'text-muted' }, n(errorCount)),
    },
    by: { header: 'jobs.startedBy', cell: (row, { t }) => starterOf(row, t) },
    started: { header: 'jobs.started', cell: (row) => moment(row.createdAt) },
    open: { header: 'jobs.open', required: true, hidesHeader: true },
  },
  empty: { icon: 'i-lucide-list-checks', title: 'jobs.empty', hint: 'jobs.emptyHint' },
  // Those of colleagues are announced to nobody else: the page asks while one is open.
  live: ({ rows, reload }) => usePolling(() => rows.value.some(isOpen), reload),
});
