import { randomUUID } from 'node:crypto';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { randomToken, sha256 } from '../../kernel/tokens.js';
import type { Database } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import {
  assertImage,
  BUYER_PIXELS,
  collectBytes,
  ImageStatus,
  largestSize,
  readHeader,
  type OpenUpload,
} from '../catalog/index.js';
import { attemptsFrom, type RateLimiter } from '../identity/index.js';
import type { OrderEntity } from '../orders/index.js';
import type { PhotoLinks } from './photo-links.js';
import type { ReturnPhotoRow } from './return.loaders.js';
import { photoWanted } from './return-photo-processing.service.js';
import * as sql from './return.statements.js';
import { eachAlone } from '../../platform/jobs/each-alone.js';

const MAX_BYTES = 8 * 1024 * 1024;
const LIFETIME_MS = 15 * 60_000;

// Three full sets of pictures at once, then one in five minutes: for an order, and for a household.
const ALLOWANCE = { burst: 18, everySeconds: 300 };

export interface AnnouncedPhoto {
  readonly contentType: string;
  readonly size: number;
}

/** DemoImages of what is wrong. They never lie where /media serves files: only a signed address opens one. */
export class ReturnPhotoService {
  constructor(
    private readonly parts: {
      readonly database: Database;
      readonly outbox: Outbox;
      /** Files that nothing serves by their name. */
      readonly files: FileStorage;
      readonly clock: Clock;
      readonly limiter: RateLimiter;
      readonly links: PhotoLinks;
    },
  ) {}

  /**
   * Opens an address for one picture of an order, for a quarter of an hour.
   * @throws UploadInvalidError for what no picture could be
   * @throws GraphQLError RATE_LIMITED
   */
  async create(order: OrderEntity, announced: AnnouncedPhoto, ip: string): Promise<OpenUpload> {
    assertImage(announced, MAX_BYTES);
    await this.parts.limiter.take(...attemptsFrom(ip, { action: 'return-photo', allowance: ALLOWANCE }), {
      action: 'return-photo',
      by: order.id,
      allowance: ALLOWANCE,
    });
    const id = newId();
    const token = randomToken();
    const expiresAt = new Date(this.parts.clock.now().getTime() + LIFETIME_MS);
    await this.parts.database.count(sql.insertPhoto, [id, order.id, sha256(token), expiresAt]);
    return {
      id,
      url: `/uploads/${token}`,
      method: 'PUT',
      headers: [{ name: 'content-type', value: announced.contentType }],
      expiresAt,
    };
  }

  /** The most bytes that may be sent to an address that is still open; null when it is none of ours, used or too old. */
  async mostBytes(token: string): Promise<number | null> {
    const { database, clock } = this.parts;
    const open = await database.row(sql.openPhoto, [sha256(token), clock.now()]);
    return open ? MAX_BYTES : null;
  }

  /**
   * Receives the file behind an address of `create` as it is and has a job make the picture from it. False when the
   * address is none of ours, used or too old.
   * @throws UploadInvalidError when the bytes are no picture that we take; the address stays open
   */
  async receive(token: string, content: Buffer): Promise<boolean> {
    const { database, files, clock, outbox } = this.parts;
    const open = await database.row<{ id: string }>(sql.openPhoto, [sha256(token), clock.now()]);
    if (!open) return false;
    const image = await readHeader(await collectBytes(content, MAX_BYTES), BUYER_PIXELS);
    const name = `${randomUUID()}.${image.extension}`;
    const original = `originals/${name}`;
    // The file first: a crash between leaves a file that nobody knows, never a photo without its file.
    await files.write(original, image.content, image.type);
    const { width, height } = largestSize(image);
    const isFirst = await database.transaction(async (tx) => {
      const values = [open.id, `returns/${name}`, original, width, height];
      if ((await tx.count(sql.receivePhoto, values)) === 0) return false;
      await outbox.append(tx, photoWanted(open.id, 'received'));
      return true;
    });
    // The same file sent twice at once: one is enough.
    if (!isFirst) await files.remove(original);
    outbox.notifyRelay();
    return true;
  }

  /** The picture behind a signed address; null when the address is too old or not ours, or the picture is not there (yet). */
  async open(token: string): Promise<{ content: Buffer; type: string } | null> {
    const id = this.parts.links.open(token);
    const photo = id ? await this.parts.database.row<ReturnPhotoRow>(sql.photoById, [id]) : null;
    const isReady = photo?.status === ImageStatus.READY;
    const content = isReady && photo.storageKey ? await this.parts.files.read(photo.storageKey) : null;
    const extension = photo?.storageKey?.split('.').pop() ?? '';
    return content && { content, type: `image/${extension === 'jpg' ? 'jpeg' : extension}` };
  }

  /** Throws away pictures that no return named. The rows go first: a crash leaves a file that nobody knows. */
  async cleanUp(): Promise<void> {
    const { database, files } = this.parts;
    const unused = await database.rows<{ storageKey: string | null; originalKey: string | null }>(
      sql.deleteUnused,
    );
    await eachAlone(unused, async ({ storageKey, originalKey }) => {
      if (storageKey) await files.remove(storageKey);
      if (originalKey) await files.remove(originalKey);
    });
  }
}
