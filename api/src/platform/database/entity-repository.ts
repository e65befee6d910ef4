import { isDeepStrictEqual } from 'node:util';
import { QueryFailedError, type FindOptionsWhere, type ObjectLiteral, type Repository } from 'typeorm';

/** Some fields of an entity with their values. */
export type Fields<E> = { readonly [K in keyof E]?: E[K] };

/**
 * TypeORM's repository of one entity: what staff create, change and delete goes through it. Which columns exist is said
 * by the entity alone, so a new one needs no change of a statement.
 *
 * Each method sends one statement, in the transaction that the repository comes from (`tx.repository(Entity)`), or on
 * any connection (`database.repository(Entity)`). TypeORM's `save` and `remove` are left out: they read each row first
 * and begin transactions of their own. A unique violation is found with `violatedConstraint`, as for any other
 * statement. Hot reads, and writes of several rows that depend on what is stored, are prepared statements instead.
 */
export class EntityRepository<E extends ObjectLiteral> {
  /** @param begun fails when the transaction could not be begun */
  constructor(
    readonly repository: Repository<E>,
    private readonly begun: Promise<unknown>,
  ) {}

  /**
   * The row that `where` finds, locked against changes by others until the transaction ends; null when there is none.
   * The lock is FOR NO KEY UPDATE: rows that refer to this one can still be inserted.
   */
  lock(where: FindOptionsWhere<E>): Promise<E | null> {
    return this.sent(() => this.repository.findOne({ where, lock: { mode: 'for_no_key_update' } }));
  }

  /** The row that `where` finds; null when there is none. */
  find(where: FindOptionsWhere<E>): Promise<E | null> {
    return this.sent(() => this.repository.findOneBy(where));
  }

  /**
   * Inserts rows. Fields that are left out keep the default of their column; what the database adds (creation time,
   * version) is found on the returned rows. No statement for an empty list.
   */
  async insert(rows: readonly Fields<E>[]): Promise<E[]> {
    const entities = rows.map((row) => Object.assign(this.repository.create(), this.known(row)));
    await this.sent(() => this.repository.insert(entities));
    return entities;
  }

  /**
   * Writes those of `changes` that differ from the stored row; a field that is undefined stays. The version and the
   * time of the last change, where the entity has them, follow. Without a difference nothing is written.
   *
   * @param stored the row as it is, locked by this transaction; it gets the new values and the new version, but not the
   * time of the change, which only the database knows
   * @returns whether anything was written
   */
  async update(stored: E, changes: Fields<E>): Promise<boolean> {
    const different = differences(stored, changes);
    if (Object.keys(different).length === 0) return false;
    const { metadata } = this.repository;
    const key = metadata.getEntityIdMap(stored) as FindOptionsWhere<E>;
    const { affected } = await this.sent(() => this.repository.update(key, different));
    if (affected !== 1) throw new Error(`A row of ${metadata.tableName} was not locked`);
    const version = metadata.versionColumn;
    version?.setEntityValue(stored, (version.getEntityValue(stored) as number) + 1);
    Object.assign(stored, different);
    return true;
  }

  /** Deletes the rows that `where` finds; how many they were. */
  async delete(where: FindOptionsWhere<E>): Promise<number> {
    return (await this.sent(() => this.repository.delete(where))).affected ?? 0;
  }

  /**
   * Marks the rows that `where` finds as deleted (`@DeleteDateColumn`), so that what refers to them stays; how many they
   * were. Rows that are marked are not found by `find`, `lock` and `softDelete`.
   */
  async softDelete(where: FindOptionsWhere<E>): Promise<number> {
    return (await this.sent(() => this.repository.softDelete(where))).affected ?? 0;
  }

  /** @throws Error for a field without a column, which TypeORM would drop in an insert */
  private known(row: Fields<E>): Fields<E> {
    const { metadata } = this.repository;
    const unknown = Object.keys(row).find((field) => !metadata.findColumnWithPropertyName(field));
    if (unknown !== undefined) throw new Error(`${metadata.name} has no column ${unknown}`);
    return row;
  }

  private async sent<T>(send: () => Promise<T>): Promise<T> {
    try {
      const result = await send();
      await this.begun;
      return result;
    } catch (error) {
      // TypeORM's error carries all parameters, personal data among them, into the logs; the driver's does not.
      throw error instanceof QueryFailedError ? error.driverError : error;
    }
  }
}

/** Those of `changes` that are not stored already; JSON is compared as PostgreSQL compares jsonb. */
function differences<E extends ObjectLiteral>(stored: E, changes: Fields<E>): Fields<E> {
  const different = Object.entries(changes).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(asStored(value), asStored(stored[field])),
  );
  return Object.fromEntries(different) as Fields<E>;
}

/** Without what JSON cannot hold, such as keys that are undefined. */
function asStored(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
