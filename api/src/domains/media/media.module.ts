import { defineIdPrefixes } from '../../kernel/ids.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { identityModule } from '../identity/identity.module.js';
import { languagesGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { MediaEntity, MediaFormerFileEntity, MediaUseEntity } from './library/media.entity.js';
import { MediaLinks } from './library/media-links.js';
import { MediaList } from './library/media-list.js';
import { MediaPlaces } from './library/media-places.js';
import { MediaResolver } from './library/media.resolver.js';
import { privateMediaRoutes } from './library/media-routes.js';
import { mediaTexts } from './library/media-texts.js';
import { MediaService } from './library/media.service.js';
import { mediaById } from './library/media.statements.js';
import { MediaUses } from './library/media-uses.js';
import { FormerFiles } from './making/former-files.js';
import { MediaHashes } from './making/media-hashes.js';
import { mediaJobs, mediaSubscriptions } from './making/media-jobs.js';
import { mediaEvents } from './making/media.events.js';
import { MediaProcessingService } from './making/media-processing.service.js';
import { MediaInUseError, mediaErrors } from './media.errors.js';
import { mediaRuntime } from './runtime.js';
import { cleanUpUploads } from './uploads/clean-up-uploads.job.js';
import { UploadEntity } from './uploads/upload.entity.js';
import { uploadRoutes, type UploadTarget } from './uploads/upload-routes.js';
import { UploadService } from './uploads/upload.service.js';

const idPrefixes = defineIdPrefixes({ med: 'Media', upl: 'Upload' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

export interface MediaDependencies {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly cursors: CursorCodec;
  /** Public storage. */
  readonly storage: FileStorage;
  /** Private storage: the originals, and private files. */
  readonly files: FileStorage;
  readonly secret: string;
  readonly defaultLanguage: () => Promise<string>;
  readonly clock?: Clock;
}

/** Builds the services and resolvers of the module. */
export function createMedia(dependencies: MediaDependencies) {
  const { database, keys, outbox, cursors, storage, files, secret, defaultLanguage } = dependencies;
  const { clock = systemClock } = dependencies;
  const links = new MediaLinks(secret, clock);
  mediaRuntime.register(database, { storage, links });
  const uploads = new UploadService(database, files, clock);
  const uses = new MediaUses();
  const places = new MediaPlaces(uses);
  const library = new MediaService({ database, keys, outbox, uses, places });
  const making = new MediaProcessingService({ database, outbox, uses, storage, files });
  const former = new FormerFiles({ database, storage, files });
  const hashes = new MediaHashes({ database, storage, files });
  const list = new MediaList(database, cursors, defaultLanguage);
  return {
    services: { uploads, uses, library, making, former, hashes, list, places },
    links,
    resolvers: [new MediaResolver({ list, media: library, making, places, uploads })] as object[],
    jobs: [cleanUpUploads({ database, storage, files }), ...mediaJobs({ making, former, hashes })],
  };
}

/**
 * The media library: every image and document that staff send. Uploads (`uploads/`) become files (`library/`), whose
 * sizes a job makes (`making/`). What shows files registers itself: `MediaUses`.
 */
export const mediaModule = defineModule({
  name: 'media',
  dependsOn: [storeModule, identityModule],
  tables: {
    media: 'Kept until staff delete it; then 30 days in the bin, and its files with it.',
    media_use: 'Deleted with the place that shows the file.',
    media_former_file:
      'The files of what was replaced or deleted: removed by the nightly job when they are due, and the row with them.',
    upload:
      'Deleted each night: a day after its end, with its file, unless it came into the library or was used for the brand.',
  },
  idPrefixes,
  errors: mediaErrors,
  orphanedTypes: [MediaInUseError],
  entities: [MediaEntity, MediaUseEntity, MediaFormerFileEntity, UploadEntity],
  events: mediaEvents,
  resolvers: [MediaResolver],
  nodes: {
    med: {
      type: 'Media',
      find: async (id, { viewer, database }) =>
        viewer?.permissions.has('CONTENT_READ') ? database.row(mediaById, { id }) : null,
    },
  },
  setup(platform, { identity, store: { settings } }) {
    const { database, privateFiles: files } = platform;
    const defaultLanguage = async () => (await settings.get(languagesGroup)).defaultLanguage;
    const { services, links, resolvers, jobs } = createMedia({ ...platform, files, defaultLanguage });
    const targets: UploadTarget[] = [];
    const uploading = uploadRoutes({
      uploads: services.uploads,
      targets,
      limiter: identity.rateLimiter,
    });
    return {
      services: {
        ...services,
        /** Registers a service whose upload addresses are `/uploads/…` too. */
        receiveUploadsFor: (target: UploadTarget): void => void targets.push(target),
      },
      ...{ resolvers, jobs, subscriptions: mediaSubscriptions },
      texts: [mediaTexts(services.library)],
      routes: async (app) => {
        await app.register(uploading);
        await app.register(privateMediaRoutes({ database, files, links }));
      },
    };
  },
});
