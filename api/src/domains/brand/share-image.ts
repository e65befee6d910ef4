import { localId } from '../../kernel/ids.js';
import { CATALOG_CHANNEL, CatalogCache } from '../../platform/database/catalog-cache.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import { holdMedia, idsOf, readSharedMedia, type MediaRow, type MediaUses } from '../media/index.js';
import { brandGroup, type SettingsService } from '../store/index.js';

/** There is one shop. */
const THE_SHOP = '00000000-0000-0000-0000-000000000000';
const FIELD = { ownerType: 'SHOP', ownerId: THE_SHOP, field: 'SHARE_IMAGE' } as const;

const announce = statement('brand.share-image-announce', {
  row: { told: t.text },
  sql: `SELECT pg_notify('${CATALOG_CHANNEL}', '')::text AS told`,
});

interface Deps {
  readonly database: Database;
  readonly listener: Listener;
  readonly settings: SettingsService;
  readonly uses: MediaUses;
}

/**
 * The image with which pages of the shop are shared that have none of their own. The settings name the file; what it is
 * is held in memory until the catalog, the settings or the file change, so that a page costs no statement.
 *
 * Locks: the settings, then the file. A change of the file writes nothing of the settings and only announces itself, so
 * neither waits for the other.
 */
export class ShopShareImage {
  private readonly cache: CatalogCache<MediaRow | null>;

  constructor(private readonly deps: Deps) {
    const { database, listener, settings, uses } = deps;
    this.cache = new CatalogCache(listener, async () =>
      readSharedMedia(database, (await settings.get(brandGroup)).shareImageId),
    );
    uses.register({
      ...{ type: 'SHOP', prefix: null, names: () => Promise.resolve(new Map()) },
      refresh: async (tx) => void (await tx.rows(announce)),
    });
  }

  /** Null where there is none, or its sizes are in the making. */
  get(): Promise<MediaRow | null> {
    return this.cache.get();
  }

  /** The id that the settings store of what an input names; undefined leaves it. */
  idOf(publicId: string | null | undefined): string | null | undefined {
    return publicId ? localId('med', publicId) : publicId;
  }

  /** Notes the file in the transaction of the change. @throws NotFoundError, MediaNotUsableError */
  async show(tx: Tx, publicId: string | null | undefined): Promise<void> {
    const given = await holdMedia(tx, this.deps.uses, publicId, ['shareImageId']);
    if (given !== undefined) await this.deps.uses.set(tx, FIELD, idsOf(given));
  }

  /** In the process that made the change: its next read must not wait for the notification. */
  drop(): void {
    this.cache.drop();
  }
}
