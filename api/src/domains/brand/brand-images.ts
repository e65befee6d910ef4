import { randomUUID } from 'node:crypto';
import type { FileStorage } from '../../integrations/storage/port.js';
import { requireId } from '../../kernel/require-id.js';
import type { Database, Tx } from '../../platform/database/database.js';
import {
  BUYER_PIXELS,
  DamagedImageError,
  makePng,
  receivedUpload,
  takeUpload,
  UploadInvalidError,
} from '../media/index.js';
import { BRAND_IMAGES, type BrandImage, type BrandImageField } from '../store/index.js';

/** Twice as large as they are shown, for screens with twice the pixels. */
const BOXES = {
  logo: { width: 800, height: 320, isFilled: false },
  darkLogo: { width: 800, height: 320, isFilled: false },
  icon: { width: 512, height: 512, isFilled: true },
} as const;

/** By the field, the id of an upload; null removes the image, an absent one stays. */
export type BrandUploads = Partial<Record<BrandImageField, string | null>>;

/** Images that were made of uploads, before any change is stored. */
export interface MadeBrandImages {
  readonly images: Partial<Record<BrandImageField, BrandImage | null>>;
  /** Uses up the uploads, in the transaction of the change. @throws UploadInvalidError when one is used already */
  readonly take: (tx: Tx) => Promise<void>;
  /** Removes the files that were received, once the change is stored: nothing is made of them any more. */
  readonly tidy: () => Promise<void>;
}

interface Deps {
  readonly database: Database;
  /** Public storage. */
  readonly storage: FileStorage;
  /** Private storage of what was received. */
  readonly files: FileStorage;
}

/**
 * Makes the images of the brand.
 *
 * Decoding and writing happen before the transaction of the change, which takes the row of the settings and then the
 * rows of the uploads, in the order of `BRAND_IMAGES`. Of two changes with one upload the second is refused whole. A
 * crash, or a refused change, leaves a file that nothing shows; never an image without its file. Files of former images
 * stay: mails that were sent, and cached pages, show them.
 */
export class BrandImages {
  constructor(private readonly deps: Deps) {}

  /** @throws NotFoundError, UploadInvalidError with the path of the field */
  async make(uploads: BrandUploads, userId: string): Promise<MadeBrandImages> {
    const images: Partial<Record<BrandImageField, BrandImage | null>> = {};
    const used: { id: string; field: BrandImageField; originalKey: string }[] = [];
    for (const field of BRAND_IMAGES) {
      const given = uploads[field];
      if (given === null) images[field] = null;
      if (given === null || given === undefined) continue;
      const id = requireId('upl', given, 'upload', field);
      const { image, originalKey } = await this.makeOne({ id, userId }, field);
      images[field] = image;
      used.push({ id, field, originalKey });
    }
    return {
      images,
      take: async (tx) => {
        for (const { id, field } of used) await takeUpload(tx, { id, userId }, field);
      },
      tidy: async () => {
        for (const { originalKey } of used) await this.deps.files.remove(originalKey);
      },
    };
  }

  private async makeOne(
    upload: { readonly id: string; readonly userId: string },
    field: BrandImageField,
  ): Promise<{ image: BrandImage; originalKey: string }> {
    const { database, files, storage } = this.deps;
    const { originalKey, width, height } = await receivedUpload(database, upload, field);
    if (width * height > BUYER_PIXELS.others)
      throw new UploadInvalidError('This image has more than 25 megapixels.', [field]);
    const original = await files.read(originalKey);
    if (!original) throw new UploadInvalidError('Send the file again: it is not there any more.', [field]);
    const made = await makePng(original, originalKey, BOXES[field]).catch((error: unknown) => {
      if (!(error instanceof DamagedImageError)) throw error;
      throw new UploadInvalidError('This image is damaged.', [field]);
    });
    const key = `brand/${randomUUID()}.png`;
    await storage.write(key, made.content, 'image/png');
    return { image: { key, width: made.width, height: made.height }, originalKey };
  }
}
