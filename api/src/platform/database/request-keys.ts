import { createHash } from 'node:crypto';
import { DomainError, InvalidInputError } from '../../kernel/errors.js';
import { statement, type Tx } from './database.js';

export interface KeyedRequest {
  /** Whose key it is: `user:<id>`, `cart:<hash>`. Two shoppers may use the same key. */
  readonly actor: string;
  readonly operation: string;
  /** Made by the client, 8 to 128 characters. */
  readonly key: string;
  /** What the request asks for; the same key with another body is refused. */
  readonly body: object;
}

export interface EarlierRequest {
  readonly orderId: string | null;
  readonly response: unknown;
}

/** A request with the key that its input may carry; null without one. */
export function keyedRequest(
  { actorId, operation }: { readonly actorId: string; readonly operation: string },
  { idempotencyKey, ...body }: { readonly idempotencyKey?: string | null },
): KeyedRequest | null {
  return idempotencyKey ? { actor: `user:${actorId}`, operation, key: idempotencyKey, body } : null;
}

const claimKey = statement(
  'request-key.claim',
  `INSERT INTO request_key (actor, operation, key, body_hash, status) VALUES ($1, $2, $3, $4, 'DONE')
   ON CONFLICT (actor, operation, key) DO NOTHING`,
);
const readKey = statement(
  'request-key.read',
  `SELECT body_hash AS "bodyHash", order_id AS "orderId", response FROM request_key
   WHERE actor = $1 AND operation = $2 AND key = $3`,
);

const keepAnswer = statement(
  'request-key.keep',
  `UPDATE request_key SET response = $4::jsonb WHERE actor = $1 AND operation = $2 AND key = $3`,
);

/**
 * Idempotency: one effect for each key, however often it is asked for.
 *
 * The key's row is written first, in the transaction of the effect itself. A repeat that arrives meanwhile waits at the
 * unique index until that transaction ends: after a commit it finds the answer, after a rollback it goes ahead itself.
 * So there is no state "running" that a crash could leave behind.
 */
export class RequestKeys {
  /** Null when the caller now owns the key; what the first request left when it is a repeat. */
  async claim(tx: Tx, { actor, operation, key, body }: KeyedRequest): Promise<EarlierRequest | null> {
    if (key.length < 8 || key.length > 128)
      throw new InvalidInputError('A key has 8 to 128 characters.', ['idempotencyKey']);
    const hash = createHash('sha256').update(JSON.stringify(body)).digest();
    if ((await tx.count(claimKey, [actor, operation, key, hash])) === 1) return null;

    const earlier = await tx.row<EarlierRequest & { bodyHash: Buffer }>(readKey, [actor, operation, key]);
    if (!earlier?.bodyHash.equals(hash)) {
      throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This key was used for another request.', [
        'idempotencyKey',
      ]);
    }
    return earlier;
  }

  /**
   * Does `work` once for the key and answers what it left, ids only; a repeat answers the same without doing it again.
   * Without a key it is just done. The key's row is locked first, before whatever the work locks.
   */
  async once<T extends object>(tx: Tx, request: KeyedRequest | null, work: () => Promise<T>): Promise<T> {
    if (!request) return work();
    const earlier = await this.claim(tx, request);
    if (earlier) return earlier.response as T;
    const left = await work();
    await this.keep(tx, request, left);
    return left;
  }

  /** Leaves for repeats of a claimed request what it made: ids, never personal data. In the claim's transaction. */
  async keep(tx: Tx, { actor, operation, key }: KeyedRequest, answer: object): Promise<void> {
    await tx.count(keepAnswer, [actor, operation, key, JSON.stringify(answer)]);
  }
}
