import type { IdPrefix } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { Querying, Tx } from '../../../platform/database/database.js';
import { MediaNotUsableError } from '../media.errors.js';
import { MediaEntity } from './media.entity.js';
import { MediaPlace } from './media.enums.js';
import * as sql from './media.statements.js';

export type MediaOwnerType = 'PRODUCT' | 'CATEGORY' | 'PAGE' | 'SHOP';

/** Where files are shown: one field of one owner. */
export interface MediaField {
  readonly ownerType: MediaOwnerType;
  readonly ownerId: string;
  readonly field: 'IMAGES' | 'IMAGE' | 'SHARE_IMAGE';
}

/** What shows files of the library; the module that owns it registers it. */
export interface MediaOwner {
  readonly type: MediaOwnerType;
  /** The prefix of its public ids; null for the shop itself. */
  readonly prefix: IdPrefix | null;
  /** Their names, by id; those that are gone are left out. */
  readonly names: (from: Querying, ids: readonly string[]) => Promise<ReadonlyMap<string, LocalizedText>>;
  /**
   * Writes what changed of a file into the rows that show it, and announces it. Called in the transaction of the change,
   * which has locked the file.
   */
  readonly refresh: (tx: Tx, media: MediaEntity) => Promise<void>;
}

/**
 * Where files are shown, and the one way to change it.
 *
 * Owners keep a copy of what they show of a file (key, size, text), so that reading them costs no statement more.
 *
 * Locks, in this order everywhere: the tree of categories, then files by their ids, then the owners' rows, then the
 * version of the catalog. Whoever begins to show a file holds it FOR SHARE first (`hold`): a deletion waits, and then
 * sees the use; where the deletion came first, the file is not found. Whoever changes a file locks it (`lock`) and then
 * writes the owners (`refresh`), so of a replacement and a deletion the second sees what the first one did.
 */
export class MediaUses {
  private readonly owners: MediaOwner[] = [];

  register(owner: MediaOwner): void {
    this.owners.push(owner);
  }

  /**
   * Files that are to be shown, held until the transaction ends. Call it before the owners are locked.
   *
   * @throws MediaNotUsableError unless all are public images outside the bin
   */
  async hold(
    tx: Tx,
    ids: readonly string[],
    path: readonly string[],
  ): Promise<ReadonlyMap<string, MediaEntity>> {
    const held = new Map<string, MediaEntity>();
    if (ids.length === 0) return held;
    for (const { id } of await tx.rows(sql.holdShown, { ids: [...ids] })) {
      const media = await tx.repository(MediaEntity).find({ id });
      if (media) held.set(id, media);
    }
    if (ids.some((id) => !held.has(id))) throw new MediaNotUsableError(path);
    return held;
  }

  /** Writes that this field shows these files and no others. The files must be held. */
  async set(tx: Tx, field: MediaField, ids: readonly string[]): Promise<void> {
    await tx.count(sql.dropUses, { ...field, keep: [...ids] });
    if (ids.length > 0) await tx.count(sql.addUses, { ...field, ids: [...new Set(ids)] });
  }

  /** Notes one more file that this field shows. The file must be held or locked. */
  async add(tx: Tx, field: MediaField, id: string): Promise<void> {
    await tx.count(sql.addUses, { ...field, ids: [id] });
  }

  /** A file, locked against changes by others; null when there is none. */
  lock(tx: Tx, id: string): Promise<MediaEntity | null> {
    return tx.repository(MediaEntity).lock({ id });
  }

  /** Brings a file that this transaction has locked and changed to all that show it. */
  async refresh(tx: Tx, id: string): Promise<void> {
    const types = await tx.rows(sql.usersOf, { id });
    const media = types.length > 0 ? await tx.repository(MediaEntity).find({ id }) : null;
    if (!media) return;
    for (const { ownerType } of types) await this.owner(ownerType)?.refresh(tx, media);
  }

  owner(type: string): MediaOwner | null {
    return this.owners.find((owner) => owner.type === type) ?? null;
  }
}

const PLACES: Readonly<Record<string, MediaPlace>> = {
  'PRODUCT.IMAGES': MediaPlace.PRODUCT_IMAGES,
  'PRODUCT.SHARE_IMAGE': MediaPlace.PRODUCT_SHARE_IMAGE,
  'CATEGORY.IMAGE': MediaPlace.CATEGORY_IMAGE,
  'CATEGORY.SHARE_IMAGE': MediaPlace.CATEGORY_SHARE_IMAGE,
  'PAGE.IMAGES': MediaPlace.PAGE_IMAGES,
  'PAGE.SHARE_IMAGE': MediaPlace.PAGE_SHARE_IMAGE,
  'SHOP.SHARE_IMAGE': MediaPlace.SHOP_SHARE_IMAGE,
};

/** The database holds no other pair. */
export function placeOf({ ownerType, field }: { ownerType: string; field: string }): MediaPlace {
  const place = PLACES[`${ownerType}.${field}`];
  if (!place) throw new Error(`${ownerType} shows no file as ${field}`);
  return place;
}

/** The alternative texts as owners copy them: none where there is nothing to say. */
export function shownAlt({ alt, decorative }: Pick<MediaEntity, 'alt' | 'decorative'>): LocalizedText {
  return decorative ? {} : alt;
}
