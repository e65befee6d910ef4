import { randomUUID } from 'node:crypto';
import type { FileStorage } from '../../../integrations/storage/port.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import { randomToken, sha256 } from '../../../kernel/tokens.js';
import type { Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import {
  assertImage,
  BUYER_PIXELS,
  collectBytes,
  ImageStatus,
  largestSize,
  readHeader,
  type OpenUpload,
} from '../../media/index.js';
import { attemptsFrom, type RateLimiter } from '../../identity/index.js';
import type { OrderEntity } from '../../orders/index.js';
import type { PhotoLinks } from './photo-links.js';
import { MOST_PHOTO_BYTES } from '../return-limits.js';
import { photoWanted } from '../return.events.js';
import * as sql from '../return.statements.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';

const LIFETIME_MS = 15 * 60_000;

// Three full sets of photos at once, then one photo in five minutes: per order, and per network.
const ALLOWANCE = { burst: 18, everySeconds: 300 };

export interface AnnouncedPhoto {
  readonly contentType: string;
  readonly size: number;
}

/**
 * Photos of what is wrong with returned goods. They are never stored where /media serves files: only a signed address
 * opens one.
 */
export class ReturnPhotoService {
  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly outbox: Outbox;
      /** Storage whose files are not served by their names. */
      readonly files: FileStorage;
      readonly clock: Clock;
      readonly limiter: RateLimiter;
      readonly links: PhotoLinks;
    },
  ) {}

  /**
   * Opens an upload address for one photo of an order, for a quarter of an hour.
   * @throws UploadInvalidError for what cannot be a photo
   * @throws GraphQLError RATE_LIMITED
   */
  async create(order: OrderEntity, announced: AnnouncedPhoto, ip: string): Promise<OpenUpload> {
    assertImage(announced, MOST_PHOTO_BYTES);
    await this.deps.limiter.consume(...attemptsFrom(ip, { action: 'return-photo', allowance: ALLOWANCE }), {
      action: 'return-photo',
      by: order.id,
      allowance: ALLOWANCE,
    });
    const id = newId();
    const token = randomToken();
    const expiresAt = new Date(this.deps.clock.now().getTime() + LIFETIME_MS);
    await this.deps.database.count(sql.insertPhoto, {
      id,
      orderId: order.id,
      token: sha256(token),
      expiresAt,
    });
    return {
      id,
      url: `/uploads/${token}`,
      method: 'PUT',
      headers: [{ name: 'content-type', value: announced.contentType }],
      expiresAt,
    };
  }

  /** The most bytes that may be sent to an open upload address; null when it is unknown, used or expired. */
  async mostBytes(token: string): Promise<number | null> {
    const { database, clock } = this.deps;
    const open = await database.row(sql.openPhoto, { token: sha256(token), expiresAt: clock.now() });
    return open ? MOST_PHOTO_BYTES : null;
  }

  /**
   * Stores the file sent to an address of `create` unchanged and requests its processing. Returns false when the
   * address is unknown, used or expired.
   * @throws UploadInvalidError when the bytes are no image of an accepted type; the address stays open
   */
  async receive(token: string, content: Buffer): Promise<boolean> {
    const { database, files, clock, outbox } = this.deps;
    const open = await database.row(sql.openPhoto, { token: sha256(token), expiresAt: clock.now() });
    if (!open) return false;
    const image = await readHeader(await collectBytes(content, MOST_PHOTO_BYTES), BUYER_PIXELS);
    const name = `${randomUUID()}.${image.extension}`;
    const original = `originals/${name}`;
    // The key is noted before the file is written: whatever crashes, the nightly job finds every file that nobody uses.
    // Another sender may have been first: then there is nothing to write.
    if ((await database.count(sql.noteKey, { id: open.id, key: original })) === 0) return true;
    await files.write(original, image.content, image.type);
    const { width, height } = largestSize(image);
    const isFirst = await database.transaction(async (tx) => {
      const photo = { id: open.id, storageKey: `returns/${name}`, originalKey: original, width, height };
      if ((await tx.count(sql.receivePhoto, photo)) === 0) return false;
      await outbox.append(tx, photoWanted(open.id, {}, 'received'));
      return true;
    });
    // The file was sent twice concurrently: one copy is kept.
    if (!isFirst) await files.remove(original);
    outbox.notifyRelay();
    return true;
  }

  /**
   * The image of a signed address; null when the address is expired or unknown, or the image does not exist (yet).
   */
  async open(token: string): Promise<{ content: Buffer; type: string } | null> {
    const id = this.deps.links.open(token);
    const photo = id ? await this.deps.database.row(sql.photoById, { id }) : null;
    const isReady = photo?.status === ImageStatus.READY;
    const content = isReady && photo.storageKey ? await this.deps.files.read(photo.storageKey) : null;
    const extension = photo?.storageKey?.split('.').pop() ?? '';
    return content && { content, type: `image/${extension === 'jpg' ? 'jpeg' : extension}` };
  }

  /**
   * Deletes photos that no return names. First nobody can use one any more, then its files are removed, and its row last:
   * after a crash in between the next night goes on, and no file is left without a row that names it.
   */
  async cleanUp(): Promise<void> {
    const { database, files } = this.deps;
    await database.count(sql.discardUnused);
    await eachAlone(await database.rows(sql.discardedPhotos), async ({ id, keys }) => {
      for (const key of new Set(keys)) await files.remove(key);
      await database.count(sql.deletePhoto, { id });
    });
    await eachAlone(await database.rows(sql.surplusPhotos), async ({ id, keys }) => {
      for (const key of keys) await files.remove(key);
      await database.count(sql.forgetSurplus, { id });
    });
  }
}
