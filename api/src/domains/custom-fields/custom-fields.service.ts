import { staff } from '../../kernel/actor.js';
import { DomainErrors, InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import type {
  CustomFieldDeclaration,
  StoredFieldValue,
  StoredFieldValues,
} from '../../platform/fields/field-declaration.js';
import { readField } from '../../platform/fields/read-field.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { CartOwner, CartService, CartView } from '../cart/index.js';
import { announceCatalogChange } from '../catalog/index.js';
import type { OrderService } from '../orders/index.js';
import { CustomFieldValuesEntity } from './custom-fields.entity.js';
import { customFieldsChanged } from './custom-fields.events.js';
import type { DeclaredFields } from './declared-fields.js';

const insertMissing = statement('customFields.insert-missing', {
  params: { entityId: t.uuid, entityType: t.text },
  sql: `INSERT INTO custom_field_values (entity_id, entity_type) VALUES (:entityId, :entityType) ON CONFLICT (entity_id) DO NOTHING`,
});

/** A value for one field, as it was given. */
export interface GivenValue {
  readonly name: string;
  /** Null empties the field. */
  readonly value: unknown;
  /** Where it stands in the input, for errors; `namePath` for a name that no field has. */
  readonly path: readonly string[];
  readonly namePath?: readonly string[];
}

export interface CustomFieldsUpdate {
  readonly declared: DeclaredFields;
  /** The entity, which the caller has found. */
  readonly entityId: string;
  readonly given: readonly GivenValue[];
  /** Null skips the comparison. */
  readonly expectedVersion: number | null;
  /** Null for a guest. */
  readonly actorId: string | null;
}

type Changes = ReadonlyMap<string, StoredFieldValue | null>;

/** Changes the values of declared fields. What the entity is and where its row stands does not matter here. */
export class CustomFieldsService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly orders: Pick<OrderService, 'appendTimelineEntryBy'>,
  ) {}

  /**
   * Writes the fields that are given and keeps all others, also those of plugins that are not there at the moment.
   *
   * The transaction inserts the row of the values if there is none, locks it (FOR NO KEY UPDATE), compares the version,
   * writes, appends `custom-fields.changed`, tells a change of an order in its timeline and, when a public field of the catalogue has changed, announces it. As with
   * metadata, no row of the entity is locked, but that of a cart (`cart/merge/additional-data.ts`), and its version stays. A
   * change without effect writes nothing.
   *
   * @throws NotFoundError for a cart that is not open any more
   * @throws StaleVersionError; DomainErrors with one INVALID_INPUT for each value that its field does not take
   */
  async update(change: CustomFieldsUpdate): Promise<void> {
    const changes = readAll(change.declared.fields, change.given);
    await this.database.transaction((tx) => this.write(tx, change, changes));
    this.outbox.notifyRelay();
  }

  /**
   * The same for the open cart of a buyer, as a change of that cart: its version goes up, and a checkout that began with
   * the one of before is told so.
   *
   * @throws NotFoundError there is no cart; DomainErrors as `update`
   */
  async updateOwnCart(
    { carts, owner }: { readonly carts: CartService; readonly owner: CartOwner },
    change: Omit<CustomFieldsUpdate, 'entityId'>,
  ): Promise<CartView> {
    const changes = readAll(change.declared.fields, change.given);
    const cart = await carts.change(owner, (tx, entityId) =>
      this.write(tx, { ...change, entityId }, changes),
    );
    if (!cart) throw new NotFoundError('cart');
    this.outbox.notifyRelay();
    return cart;
  }

  private async write(
    tx: Tx,
    { declared: { owner, fields }, entityId, expectedVersion, actorId }: CustomFieldsUpdate,
    changes: Changes,
  ): Promise<void> {
    if (owner.lock && !(await owner.lock(tx, entityId))) throw new NotFoundError('entity', ['nodeId']);
    const rows = tx.repository(CustomFieldValuesEntity);
    const isWritten = [...changes.values()].some((value) => value !== null);
    if (isWritten) await tx.count(insertMissing, { entityId, entityType: owner.name });
    const row = await rows.lock({ entityId });
    const version = row?.version ?? 0;
    if ((expectedVersion ?? version) !== version) throw new StaleVersionError(version);
    if (!row) return;
    const fieldValues = changed(row.fieldValues, changes);
    const names = [...changes.keys()]
      .filter((name) => !same(row.fieldValues[name], fieldValues[name]))
      .sort();
    if (names.length === 0) return;
    await rows.update(row, { fieldValues, updatedBy: actorId });
    await this.outbox.append(
      tx,
      customFieldsChanged(entityId, {
        ...{ type: owner.name, version: row.version, changedBy: actorId, fields: names },
      }),
    );
    if (owner.name === 'Order' && actorId !== null) {
      const entry = { event: 'FIELDS_CHANGED', details: { names }, actor: staff(actorId) };
      await this.orders.appendTimelineEntryBy(tx, entityId, entry);
    }
    const isPublic = fields.some(({ name, public: all }) => all && names.includes(name));
    if (owner.isOfCatalogue && isPublic) await announceCatalogChange(tx);
  }
}

/** @throws DomainErrors with one for each value that its field does not take, and each name that no field has */
function readAll(fields: readonly CustomFieldDeclaration[], given: readonly GivenValue[]): Changes {
  const errors: InvalidInputError[] = [];
  const changes = new Map<string, StoredFieldValue | null>();
  for (const { name, value, path, namePath = path } of given) {
    const field = fields.find((declared) => declared.name === name);
    if (!field || changes.has(name)) {
      const message = field ? 'This field is given twice.' : 'There is no field of this name.';
      errors.push(new InvalidInputError(message, namePath));
      continue;
    }
    const read = readField(field, value, path);
    if (read instanceof InvalidInputError) errors.push(read);
    else changes.set(name, read);
  }
  if (errors.length > 0) throw new DomainErrors(errors);
  return changes;
}

function changed(before: StoredFieldValues, changes: Changes): StoredFieldValues {
  const kept = Object.entries(before).filter(([name]) => !changes.has(name));
  const written = [...changes].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return Object.fromEntries([...kept, ...written]);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
