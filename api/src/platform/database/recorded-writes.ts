import pg from 'pg';
import type { FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { recordingNow } from '../audit/recording.js';
import { EntityRepository, type Fields } from './entity-repository.js';

/** The message that begins a transaction. One that is recorded says there under which entry, so it costs no statement. */
export function beginning(): string {
  const recording = recordingNow();
  if (!recording) return 'BEGIN';
  return `BEGIN; SET LOCAL vitrine.recording = ${pg.escapeLiteral(JSON.stringify({ ...recording, id: recording.id ?? newId() }))}`;
}

const WRITES = /\b(?:INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+(?:\w+\s+)?SET)\b/i;
const known = new Map<string, boolean>();

/** Whether a prepared statement changes rows by itself; one that calls a function that does is not seen. */
export function isWrite({ name, text }: { readonly name: string; readonly text: string }): boolean {
  const seen = known.get(name) ?? WRITES.test(text);
  known.set(name, seen);
  return seen;
}

/** A repository outside a transaction whose writes are recorded: each gets a transaction of its own. */
export class RecordedRepository<E extends ObjectLiteral> extends EntityRepository<E> {
  /** @param write runs a write with the repository of a new transaction, and commits it */
  constructor(
    readonly reads: EntityRepository<E>,
    private readonly write: <T>(work: (repository: EntityRepository<E>) => Promise<T>) => Promise<T>,
  ) {
    super(reads.repository, Promise.resolve());
  }

  override insert(rows: readonly Fields<E>[]): Promise<E[]> {
    return this.write((repository) => repository.insert(rows));
  }

  override update(stored: E, changes: Fields<E>): Promise<boolean> {
    return this.write((repository) => repository.update(stored, changes));
  }

  override delete(where: FindOptionsWhere<E>): Promise<number> {
    return this.write((repository) => repository.delete(where));
  }

  override softDelete(where: FindOptionsWhere<E>): Promise<number> {
    return this.write((repository) => repository.softDelete(where));
  }
}
