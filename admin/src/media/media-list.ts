import { useQuery } from '@urql/vue';
import { everyValueOf } from '@vitrine/client/every-value';
import { computed } from 'vue';
import {
  MediaExportCreateDocument,
  MediaLibraryDocument,
  MediaTagsDocument,
} from '../generated/media/graphql';
import type { MediaKind } from '../generated/media/graphql';
import { figure, moment, quiet, text } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import { fileSize } from './file-size';

export const MEDIA_KINDS = everyValueOf<MediaKind>({ IMAGE: true, DOCUMENT: true });
const STATES = ['unused', 'withoutAlt', 'private', 'bin'] as const;

export const mediaList = defineList({
  name: 'media',
  title: 'media.title',
  query: MediaLibraryDocument,
  connection: (data) => data.media,
  types: ['Media'],
  isGrid: true,
  search: 'media.search',
  filters: {
    kind: {
      label: 'media.kind',
      kind: 'one',
      choices: ({ t }) => MEDIA_KINDS.map((value) => ({ value, label: t(`mediaKind.${value}`) })),
    },
    state: {
      label: 'media.state',
      kind: 'one',
      choices: ({ t }) => STATES.map((value) => ({ value, label: t(`media.${value}`) })),
    },
    tag: { label: 'media.tag', kind: 'one' },
  },
  choices: () => {
    const { data } = useQuery({ query: MediaTagsDocument, context: { additionalTypenames: ['Media'] } });
    const tags = computed(() => (data.value?.mediaTags ?? []).map((tag) => ({ value: tag, label: tag })));
    return { tag: () => tags.value };
  },
  toFilter: ({ kind: [kind], state: [state], tag: [tag] }) => {
    const known = MEDIA_KINDS.find((one) => one === kind);
    return {
      ...(known && { kind: known }),
      ...(tag && { tag }),
      ...(state === 'unused' && { isUnused: true }),
      ...(state === 'withoutAlt' && { isWithoutAlt: true }),
      ...(state === 'private' && { visibility: 'PRIVATE' }),
      ...(state === 'bin' && { isInBin: true }),
    };
  },
  exports: listExport(MediaExportCreateDocument, (data) => data.mediaExportCreate, {
    file: ['FILENAME', 'KIND', 'CONTENT_TYPE', 'VISIBILITY'],
    size: ['BYTE_SIZE', 'WIDTH', 'HEIGHT'],
    alt: ['ALT', 'DECORATIVE'],
    tags: ['TAGS'],
    uses: ['USES'],
    created: ['CREATED_AT'],
  }),
  columns: {
    file: { header: 'media.file', required: true, cell: ({ filename }) => text(filename, { width: 'wide' }) },
    size: { header: 'media.size', cell: (media, tools) => fileSize(media, tools) },
    alt: { header: 'media.alt', cell: ({ alt }, { t }) => alt || quiet(t('media.noAlt')) },
    tags: { header: 'media.tags', cell: ({ tags }) => tags.join(', ') },
    uses: { header: 'media.uses', align: 'end', cell: ({ useCount }, { n }) => figure(useCount, n) },
    created: { header: 'media.created', cell: ({ createdAt }) => moment(createdAt) },
  },
  empty: { icon: 'i-lucide-images', title: 'media.none', hint: 'media.hint' },
});
