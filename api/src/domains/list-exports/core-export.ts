import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database } from '../../platform/database/database.js';
import type { HandledLongJob } from '../../platform/jobs/define-long-job.js';
import type { JobMutation } from '../../platform/jobs/job-mutation.js';
import type { CatalogLookup } from '../catalog/index.js';
import {
  defineListExport,
  type DefinedListExport,
  type ExportSource,
  type ListExport,
} from '../long-jobs/index.js';
import type { MediaList, MediaPlaces } from '../media/index.js';
import type { AddressKinds } from '../routing/index.js';

/** What the lists of the core are read with. */
export interface ExportDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly reference: CatalogLookup;
  readonly addresses: Pick<AddressKinds, 'pathsOf'>;
  readonly media: { readonly list: MediaList; readonly places: MediaPlaces };
}

/** The part of the services of long jobs that handles an export. */
interface Exporting {
  readonly handleListExport: <Row, Query extends object, More>(
    list: DefinedListExport<Row, Query, More>,
    source: ExportSource<Row, Query, More>,
  ) => HandledLongJob;
}

export interface CoreExport {
  readonly list: JobMutation;
  readonly handle: (exporting: Exporting, deps: ExportDeps) => HandledLongJob;
}

/** The export of a list of the core, which is read by the code of that list. */
export function coreExport<Row, Query extends object, More = null>({
  read,
  ...described
}: ListExport<Row, Query, More> & {
  readonly read: (deps: ExportDeps) => ExportSource<Row, Query, More>;
}): CoreExport {
  const list = defineListExport(described);
  return { list, handle: (exporting, deps) => exporting.handleListExport(list, read(deps)) };
}
