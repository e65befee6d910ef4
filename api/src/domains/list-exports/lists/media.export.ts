import { localized } from '../../../kernel/languages.js';
import { Role } from '../../../platform/graphql/roles.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import {
  MediaFilter,
  mediaQuery,
  type MediaQuery,
  type MediaRow,
  type ShownPlaces,
} from '../../media/index.js';
import { coreExport } from '../core-export.js';

/** By id of the file where it is shown. */
type Places = ReadonlyMap<string, ShownPlaces>;

export const mediaExport = coreExport<MediaRow, MediaQuery, Places>({
  name: 'Media',
  rows: 'media',
  role: Role.SUPPORT,
  permission: 'CONTENT_READ',
  search: 200,
  filter: MediaFilter,
  query: mediaQuery,
  columns: {
    FILENAME: typedColumn('The name of the file.', ({ filename }) => filename),
    KIND: plainColumn('Image or document.', ({ kind }) => kind),
    VISIBILITY: plainColumn('Who can open it.', ({ visibility }) => visibility),
    CONTENT_TYPE: plainColumn('Its type as it was received.', ({ contentType }) => contentType),
    BYTE_SIZE: plainColumn('In bytes, as it was received.', ({ size }) => size),
    WIDTH: plainColumn('Of the largest size in pixels.', ({ width }) => width),
    HEIGHT: plainColumn('Of the largest size in pixels.', ({ height }) => height),
    ALT: typedColumn('The alternative text, in the first language of the shop.', ({ alt }, { language }) =>
      localized(alt, language, language),
    ),
    DECORATIVE: plainColumn('Whether it is a decoration.', ({ decorative }) => decorative),
    TAGS: typedColumn('Its tags.', ({ tags }) => tags.join('; ')),
    USES: plainColumn('In how many places it is shown.', ({ id }, { more }) => more.get(id)?.total ?? 0),
    CREATED_AT: momentColumn('When it came into the library.', ({ createdAt }) => createdAt),
  },
  read: ({ database, media: { list, places } }) => ({
    page: (query, _sort, page) => list.page(query, page),
    count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
    more: (files) =>
      places.ofEach(
        database,
        files.map(({ id }) => id),
      ),
  }),
});
