import { MissingPathsDocument } from '../generated/content/graphql';
import { figure, moment, text } from '../ui/lists/cells';
import { defineList, wholeList } from '../ui/lists/define-list';

export const missingPathList = defineList({
  name: 'missing-paths',
  title: 'redirects.missing',
  heading: 'redirects.title',
  query: MissingPathsDocument,
  connection: ({ missingPaths }) =>
    wholeList(missingPaths.map((missing) => ({ ...missing, id: missing.path }))),
  whole: true,
  types: ['MissingPath'],
  columns: {
    path: {
      header: 'redirects.path',
      required: true,
      cell: ({ path }) => text(path, { width: 'wide', look: 'font-medium text-highlighted' }),
    },
    hits: { header: 'redirects.asked', align: 'end', cell: ({ hits }, { n }) => figure(hits, n) },
    last: { header: 'redirects.lastAsked', cell: ({ lastAt }) => moment(lastAt) },
    first: { header: 'redirects.firstAsked', wideOnly: true, cell: ({ firstAt }) => moment(firstAt) },
    lead: {
      header: 'redirects.new',
      required: true,
      hidesHeader: true,
      pinned: true,
      isFor: ({ can }) => can('CONTENT_WRITE'),
    },
  },
  empty: { icon: 'i-lucide-party-popper', title: 'redirects.nothingMissing', hint: 'redirects.missingHint' },
});
