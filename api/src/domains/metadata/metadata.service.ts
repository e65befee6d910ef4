import { staff } from '../../kernel/actor.js';
import { DomainErrors, NotFoundError } from '../../kernel/errors.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { announceCatalogChange } from '../catalog/index.js';
import type { OrderService } from '../orders/index.js';
import { changedValues, differentKeys, wrongChanges, type MetadataChanges } from './changed-values.js';
import { MetadataEntity } from './metadata.entity.js';
import { metadataChanged } from './metadata.events.js';
import type { MetadataOwner } from './metadata-owners.js';

const insertMissing = statement('metadata.insert-missing', {
  params: { entityId: t.uuid, entityType: t.text },
  sql: `INSERT INTO metadata (entity_id, entity_type) VALUES (:entityId, :entityType) ON CONFLICT (entity_id) DO NOTHING`,
});

export interface MetadataUpdate {
  readonly owner: Pick<MetadataOwner, 'name' | 'isOfCatalogue' | 'lock'>;
  /** The entity, which the caller has found. */
  readonly entityId: string;
  readonly forStaff: MetadataChanges;
  readonly forAll: MetadataChanges;
  /** Null skips the comparison. */
  readonly expectedVersion: number | null;
  readonly actorId: string;
}

/** Changes metadata. What the entity is and where its row stands does not matter here. */
export class MetadataService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly orders: Pick<OrderService, 'appendTimelineEntryBy'>,
  ) {}

  /**
   * Writes and removes keys of one entity and keeps all others.
   *
   * The transaction inserts the row of the metadata if there is none, locks it (FOR NO KEY UPDATE), compares the version,
   * writes both kinds of values, appends `metadata.changed` and, when what visitors read of the catalogue has changed,
   * announces it. A change of an order is told in its timeline. It locks no row of the entity: orders are paid, carts checked out and products edited meanwhile, and
   * their versions stay. Only a cart is locked before, so that its order takes over all that was written about it
   * (`cart/merge/additional-data.ts`). Writers of one entity wait for each other, so none loses a key of another. The row of the
   * metadata comes first and the catalogue's version last, as in every change of the catalogue. A change without effect
   * writes nothing.
   *
   * @throws NotFoundError for a cart that is not open any more
   * @throws StaleVersionError; DomainErrors with one INVALID_INPUT for each wrong key or value
   * @throws DomainError METADATA_TOO_LARGE
   */
  async update(change: MetadataUpdate): Promise<void> {
    const wrong = [...wrongChanges(change.forStaff), ...wrongChanges(change.forAll)];
    if (wrong.length > 0) throw new DomainErrors(wrong);
    await this.database.transaction((tx) => this.write(tx, change));
    this.outbox.notifyRelay();
  }

  private async write(
    tx: Tx,
    { owner, entityId, forStaff, forAll, expectedVersion, actorId }: MetadataUpdate,
  ): Promise<void> {
    const rows = tx.repository(MetadataEntity);
    if (owner.lock && !(await owner.lock(tx, entityId))) throw new NotFoundError('entity', ['nodeId']);
    const isWritten = forStaff.set.length + forAll.set.length > 0;
    if (isWritten) await tx.count(insertMissing, { entityId, entityType: owner.name });
    const row = await rows.lock({ entityId });
    const version = row?.version ?? 0;
    if ((expectedVersion ?? version) !== version) throw new StaleVersionError(version);
    if (!row) return;
    const staffValues = changedValues(row.staffValues, forStaff);
    const publicValues = changedValues(row.publicValues, forAll);
    const keys = differentKeys(row.staffValues, staffValues);
    const publicKeys = differentKeys(row.publicValues, publicValues);
    if (keys.length + publicKeys.length === 0) return;
    await rows.update(row, { staffValues, publicValues, updatedBy: actorId });
    const { name: type, isOfCatalogue } = owner;
    await this.outbox.append(
      tx,
      metadataChanged(entityId, { type, version: row.version, changedBy: actorId, keys, publicKeys }),
    );
    if (type === 'Order') {
      const details = { names: [...new Set([...keys, ...publicKeys])].sort() };
      const entry = { event: 'METADATA_CHANGED', details, actor: staff(actorId) };
      await this.orders.appendTimelineEntryBy(tx, entityId, entry);
    }
    if (isOfCatalogue && publicKeys.length > 0) await announceCatalogChange(tx);
  }
}
