import { everyValueOf } from '@vitrine/client/every-value';
import { h } from 'vue';
import { RedirectExportCreateDocument, RedirectsDocument } from '../generated/content/graphql';
import type { RedirectKind, RedirectRowFragment } from '../generated/content/graphql';
import { figure, moment, quiet, status, text } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import type { Tools } from '../ui/useTools';

export const REDIRECT_KINDS = everyValueOf<RedirectKind>({ PERMANENT: true, TEMPORARY: true, GONE: true });
const STATES = ['followed', 'aside', 'unused'] as const;

export const redirectList = defineList({
  name: 'redirects',
  title: 'redirects.title',
  query: RedirectsDocument,
  connection: (data) => data.redirects,
  types: ['Redirect'],
  search: 'redirects.search',
  filters: {
    kind: {
      label: 'redirects.kind',
      kind: 'many',
      choices: ({ t }) => REDIRECT_KINDS.map((value) => ({ value, label: t(`redirectKind.${value}`) })),
    },
    state: {
      label: 'redirects.state',
      kind: 'one',
      choices: ({ t }) => STATES.map((value) => ({ value, label: t(`redirects.${value}`) })),
    },
  },
  toFilter: ({ kind, state: [state] }) => {
    const kinds = REDIRECT_KINDS.filter((one) => kind.includes(one));
    return {
      ...(kinds.length > 0 && { kinds }),
      ...((state === 'followed' || state === 'aside') && { active: state === 'followed' }),
      ...(state === 'unused' && { isUnused: true }),
    };
  },
  exports: listExport(RedirectExportCreateDocument, (data) => data.redirectExportCreate, {
    from: ['FROM', 'PREFIX'],
    to: ['TO'],
    kind: ['CODE'],
    state: ['ACTIVE'],
    hits: ['HITS'],
    last: ['LAST_HIT_AT'],
  }),
  columns: {
    from: {
      header: 'redirects.from',
      required: true,
      cell: ({ fromPath, isPrefix }, { t }) => [
        text(fromPath, { width: 'wide', look: 'font-medium text-highlighted' }),
        isPrefix && h('span', { class: 'block text-xs text-muted' }, t('redirects.andBelow')),
      ],
    },
    to: { header: 'redirects.to', cell: target },
    kind: { header: 'redirects.kind', cell: ({ kind }, { t }) => t(`redirectKind.${kind}`) },
    state: {
      header: 'redirects.state',
      cell: ({ active }, { t }) =>
        status(active ? 'good' : 'quiet', t(active ? 'redirects.followed' : 'redirects.aside')),
    },
    hits: { header: 'redirects.hits', align: 'end', cell: ({ hits }, { n }) => figure(hits, n) },
    last: { header: 'redirects.lastHit', wideOnly: true, cell: ({ lastHitAt }) => moment(lastHitAt) },
    edit: {
      header: 'redirects.editColumn',
      required: true,
      hidesHeader: true,
      pinned: true,
      isFor: ({ can }) => can('CONTENT_WRITE'),
    },
  },
  empty: { icon: 'i-lucide-corner-down-right', title: 'redirects.none', hint: 'redirects.hint' },
});

function target({ toPath, kind }: RedirectRowFragment, { t }: Tools) {
  if (kind === 'GONE') return quiet(t('redirects.nowhere'));
  return toPath ? text(toPath, { width: 'wide' }) : status('bad', t('redirects.targetHidden'));
}
