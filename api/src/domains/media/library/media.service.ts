import { randomUUID } from 'node:crypto';
import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import {
  violatedConstraint,
  type Database,
  type Fields,
  type Tx,
} from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { DOCUMENT_TYPE } from '../files/read-document.js';
import { largestSize, madeWidths } from '../files/image-sizes.js';
import { ImageStatus } from '../files/image-status.js';
import { MediaExistsError, MediaInUseError } from '../media.errors.js';
import { filesSpent, mediaChanged, sizesWanted } from '../making/media.events.js';
import { takeFile, type OwnUpload, type ReceivedFile } from '../uploads/take-upload.js';
import { describedAs, shownFilename, type EnteredMedia } from './entered-media.js';
import { MediaEntity } from './media.entity.js';
import { MediaKind, MediaVisibility } from './media.enums.js';
import type { MediaPlaces } from './media-places.js';
import * as sql from './media.statements.js';
import type { MediaField, MediaUses } from './media-uses.js';

interface Deps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly uses: MediaUses;
  readonly places: MediaPlaces;
}

export interface NewMedia extends EnteredMedia {
  readonly upload: OwnUpload;
  readonly visibility: MediaVisibility;
  /**
   * What is to show the file in the same transaction. It is noted at once, so that the owners of a file that is there
   * already are locked together, in their order.
   */
  readonly shownBy?: MediaField;
}

/**
 * Staff changes of the library. Every method is one transaction that locks the upload, if there is one, then the file,
 * and then what shows it; see MediaUses.
 *
 * Two uploads of the same bytes at once: the unique constraint makes the second wait for the first, and it then returns
 * the row of the first. A file in the bin comes out of it.
 */
export class MediaService {
  constructor(private readonly deps: Deps) {}

  /**
   * Takes an upload into the library and returns the id of its file: that of a file with the same bytes, if there is
   * one. A repeat with the same key returns what the first call did.
   *
   * @throws UploadInvalidError, InvalidInputError
   */
  async create(input: NewMedia, keyed: KeyedRequest | null): Promise<{ id: string; existed: boolean }> {
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return earlier.response as { id: string; existed: boolean };
      const { media, existed } = await this.receive(tx, input);
      const result = { id: media.id, existed };
      if (keyed) await this.deps.keys.storeResult(tx, keyed, result);
      return result;
    });
  }

  /** The same inside a transaction that goes on to show the file, which is locked. @throws UploadInvalidError, InvalidInputError */
  async receive(
    tx: Tx,
    { upload, visibility, shownBy, ...entered }: NewMedia,
  ): Promise<{ media: MediaEntity; existed: boolean }> {
    const file = await takeFile(tx, upload, 'uploadId');
    const id = newId();
    const isNew = (await tx.count(sql.insertMedia, newRow(id, file, visibility))) > 0;
    const media = await this.lock(tx, isNew ? id : await this.idOfTwin(tx, file, visibility));
    if (shownBy) await this.deps.uses.add(tx, shownBy, media.id);
    const given = isNew ? entered : { alt: entered.alt };
    const changes = {
      ...describedAs(media, given),
      ...(media.deletedAt && { deletedAt: null }),
      ...(!isNew && (await this.sourceOfTwin(tx, media, file, upload))),
    };
    const isChanged = await tx.repository(MediaEntity).update(media, changes);
    if (isChanged) await this.deps.uses.refresh(tx, media.id);
    if (isNew || isChanged) await this.announce(tx, media, isNew ? 'CREATED' : 'UPDATED');
    if (media.status === ImageStatus.PROCESSING)
      await this.deps.outbox.append(tx, sizesWanted(media.id, {}, newId()));
    return { media, existed: !isNew };
  }

  /** Describes and sorts a file; what shows it follows. @throws StaleVersionError, InvalidInputError, NotFoundError */
  async update(id: string, expectedVersion: number, entered: EnteredMedia): Promise<void> {
    await this.write(async (tx) => {
      const media = await this.lock(tx, id, expectedVersion);
      if (!(await tx.repository(MediaEntity).update(media, describedAs(media, entered)))) return;
      await this.deps.uses.refresh(tx, id);
      await this.announce(tx, media, 'UPDATED');
    });
  }

  /**
   * Writes what an image shows in some languages, whichever version it has.
   *
   * @param shownBy what is to show it in the same transaction
   * @throws InvalidInputError, NotFoundError
   */
  async describe(tx: Tx, id: string, alt: LocalizedText, shownBy?: MediaField): Promise<void> {
    const media = await this.lock(tx, id);
    if (shownBy) await this.deps.uses.add(tx, shownBy, id);
    if (!(await tx.repository(MediaEntity).update(media, describedAs(media, { alt })))) return;
    await this.deps.uses.refresh(tx, id);
    await this.announce(tx, media, 'UPDATED');
  }

  /**
   * Puts another file in the place of this one. What shows it goes on with the former file until the sizes of the new
   * one are made, and then follows; the new one has another address, so no cache shows the former one for it.
   *
   * @throws MediaExistsError if the library has these bytes elsewhere; StaleVersionError, UploadInvalidError,
   * InvalidInputError, NotFoundError
   */
  async replace(id: string, expectedVersion: number, upload: OwnUpload): Promise<void> {
    await this.write(async (tx) => {
      const file = await takeFile(tx, upload, 'uploadId');
      const media = await this.lock(tx, id, expectedVersion);
      if (media.deletedAt) throw new NotFoundError('file outside the bin', ['mediaId']);
      const row = newRow(id, file, media.visibility);
      if (row.kind !== media.kind)
        throw new InvalidInputError('An image replaces an image, and a document a document.', ['uploadId']);
      if (file.sha256 && media.sha256?.equals(file.sha256)) {
        await this.spend(tx, upload.id, file.originalKey);
        return;
      }
      const { storageKey, originalKey, kind, visibility } = media;
      await tx.count(sql.keepFormer, { id, storageKey, originalKey, kind, visibility });
      await tx.repository(MediaEntity).update(media, {
        ...{ ...row, kind, visibility, failure: null, attempts: 0, queuedAt: new Date() },
        status: ImageStatus.PROCESSING,
      });
      await this.announce(tx, media, 'REPLACED');
      await this.deps.outbox.append(tx, sizesWanted(id, {}, `replaced-${media.version}`));
    });
  }

  /** Puts a file into the bin, where it rests for 30 days. @throws MediaInUseError, StaleVersionError, NotFoundError */
  async delete(id: string, expectedVersion: number): Promise<void> {
    await this.write(async (tx) => {
      const media = await this.lock(tx, id, expectedVersion);
      const used = await this.deps.places.of(tx, id);
      if (used.total > 0) throw new MediaInUseError(used.places, used.total);
      if (media.deletedAt) return;
      await tx.repository(MediaEntity).update(media, { deletedAt: new Date() });
      await this.announce(tx, media, 'DELETED');
    });
  }

  /** Takes a file out of the bin; one that is not there stays as it is. @throws NotFoundError when it is gone for good */
  async restore(id: string): Promise<void> {
    await this.write(async (tx) => {
      const media = await this.lock(tx, id);
      if (await tx.repository(MediaEntity).update(media, { deletedAt: null }))
        await this.announce(tx, media, 'RESTORED');
    });
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await this.deps.database.transaction(work);
      this.deps.outbox.notifyRelay();
      return result;
    } catch (error) {
      throw violatedConstraint(error) === 'media_same_bytes' ? new MediaExistsError() : error;
    }
  }

  private async lock(tx: Tx, id: string, expectedVersion?: number): Promise<MediaEntity> {
    const media = await this.deps.uses.lock(tx, id);
    if (!media) throw new NotFoundError('file', ['mediaId']);
    if ((expectedVersion ?? media.version) !== media.version) throw new StaleVersionError(media.version);
    return media;
  }

  private async idOfTwin(tx: Tx, { sha256 }: ReceivedFile, visibility: MediaVisibility): Promise<string> {
    const twin = sha256 && (await tx.row(sql.lockTwin, { sha256, visibility: visibility as string }));
    // It was deleted for good at this moment; the upload is still there.
    if (!twin) throw new InvalidInputError('Send the file once more.', ['uploadId']);
    return twin.id;
  }

  /** A file whose sizes could not be made tries again with the bytes that came now; any other needs them no more. */
  private async sourceOfTwin(
    tx: Tx,
    { status, originalKey }: MediaEntity,
    file: ReceivedFile,
    upload: OwnUpload,
  ): Promise<Fields<MediaEntity>> {
    const hasFailed = status === ImageStatus.FAILED;
    await this.spend(tx, upload.id, hasFailed ? originalKey : file.originalKey);
    if (!hasFailed) return {};
    return {
      ...{ originalKey: file.originalKey, failure: null, attempts: 0, queuedAt: new Date() },
      status: ImageStatus.PROCESSING,
    };
  }

  /** Has a received file removed that is no original of the library. */
  private async spend(tx: Tx, uploadId: string, originalKey: string | null): Promise<void> {
    await this.deps.outbox.append(tx, filesSpent(uploadId, { originalKey, publicKeys: [] }, 'once'));
  }

  private async announce(
    tx: Tx,
    { id, version }: MediaEntity,
    change: 'CREATED' | 'UPDATED' | 'REPLACED' | 'DELETED' | 'RESTORED',
  ): Promise<void> {
    await this.deps.outbox.append(tx, mediaChanged(id, { change, version }));
  }
}

/** A file as it is inserted. Width and height are those that the job is expected to produce. */
function newRow(id: string, file: ReceivedFile, visibility: MediaVisibility) {
  const { originalKey, sha256, size } = file;
  const extension = originalKey.split('.').pop() ?? '';
  const isImage = file.width !== null && file.height !== null;
  const made = isImage ? largestSize({ width: file.width, height: file.height }) : null;
  return {
    ...{ id, visibility, originalKey, sha256, size, filename: shownFilename(file.filename) },
    kind: isImage ? MediaKind.IMAGE : MediaKind.DOCUMENT,
    contentType: isImage ? `image/${extension === 'jpg' ? 'jpeg' : extension}` : DOCUMENT_TYPE,
    storageKey: `${isImage ? 'images' : 'documents'}/${randomUUID()}.${extension}`,
    ...{ width: made?.width ?? null, height: made?.height ?? null, widths: made && madeWidths(made.width) },
  };
}
