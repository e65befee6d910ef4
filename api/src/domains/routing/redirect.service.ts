import { InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import type { Language } from '../../kernel/languages.js';
import { globalId, localId, newId, prefixOfType, type IdPrefix } from '../../kernel/ids.js';
import type { CatalogCache } from '../../platform/database/catalog-cache.js';
import { violatedConstraint, type Database, type Tx } from '../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../platform/database/request-keys.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { AddressKinds } from './address-kinds.js';
import { isReserved, LONGEST_PATH, normalPath } from './paths.js';
import { RedirectTable, type StoredRedirect } from './redirect-table.js';
import { MissingPathEntity, RedirectEntity, type RedirectCode } from './redirect.entity.js';
import {
  PathReservedError,
  PathTakenError,
  RedirectLoopError,
  TooManyRedirectsError,
} from './routing.errors.js';
import { urlChanged } from './routing.events.js';
import * as sql from './routing.statements.js';
import type { UrlResolver } from './url-resolver.service.js';

const MOST_REDIRECTS = 5_000;

export interface EnteredRedirect {
  readonly fromPath?: string | undefined;
  readonly isPrefix?: boolean | undefined;
  /** Null leads nowhere. */
  readonly toPath?: string | null | undefined;
  /** A public id; null for none. */
  readonly targetId?: string | null | undefined;
  readonly code?: RedirectCode | undefined;
  readonly active?: boolean | undefined;
}

interface Target {
  readonly targetKind: string | null;
  readonly targetId: string | null;
  readonly toPath: string | null;
}

interface Deps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly kinds: AddressKinds;
  readonly resolver: UrlResolver;
  readonly table: CatalogCache<RedirectTable>;
  /** The language whose pages have no prefix. */
  readonly rootLanguage: () => Promise<Language>;
}

/**
 * Staff changes of redirects. Every method is one transaction: first the lock of all redirects, which makes others wait,
 * then the row. With the change all are followed once, so that none leads in a circle, and the commit announces them to
 * every process.
 */
export class RedirectService {
  constructor(private readonly deps: Deps) {}

  /**
   * Returns the id of the new redirect; a repeat with the same key returns the first one's.
   *
   * @throws PathReservedError, PathTakenError, RedirectLoopError, TooManyRedirectsError, InvalidInputError, NotFoundError
   */
  async create(
    entered: EnteredRedirect & { readonly fromPath: string },
    keyed: KeyedRequest | null,
  ): Promise<string> {
    const fromPath = await this.fromPath(entered.fromPath);
    const { code = 301, isPrefix = false, active = true } = entered;
    const target = await this.target(entered, { code, isPrefix });
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { redirectId: string }).redirectId;
      const before = await this.lockAll(tx);
      if (((await tx.row(sql.countRedirects))?.count ?? 0) >= MOST_REDIRECTS)
        throw new TooManyRedirectsError();
      const id = newId();
      await tx.repository(RedirectEntity).insert([{ id, fromPath, isPrefix, code, active, ...target }]);
      await tx.repository(MissingPathEntity).delete({ path: fromPath });
      await this.announce(tx, { id, fromPath, version: 1 }, 'CREATED', before);
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { redirectId: id });
      return id;
    });
  }

  /** Changes what is given. @throws StaleVersionError and what `create` throws */
  async update(id: string, expectedVersion: number, entered: EnteredRedirect): Promise<void> {
    const from = entered.fromPath === undefined ? {} : { fromPath: await this.fromPath(entered.fromPath) };
    const stored = await this.deps.database.repository(RedirectEntity).find({ id });
    if (!stored) throw new NotFoundError('redirect', ['redirectId']);
    if (stored.version !== expectedVersion) throw new StaleVersionError(stored.version);
    const { code = stored.code, isPrefix = stored.isPrefix, active = stored.active } = entered;
    const isAimed = [entered.toPath, entered.targetId, entered.code, entered.isPrefix].some(
      (one) => one !== undefined,
    );
    const aim =
      entered.toPath === undefined && entered.targetId === undefined ? this.aimOf(stored, code) : entered;
    const target = isAimed ? await this.target(aim, { code, isPrefix }) : {};
    await this.write(async (tx) => {
      const before = await this.lockAll(tx);
      const row = await this.lock(tx, id, expectedVersion);
      const { fromPath } = row;
      if (!(await tx.repository(RedirectEntity).update(row, { ...from, ...target, code, isPrefix, active })))
        return;
      await this.announce(tx, { ...row, fromPath }, 'UPDATED', before);
    });
  }

  /** @throws StaleVersionError, NotFoundError, RedirectLoopError where it kept others from leading in a circle */
  async delete(id: string, expectedVersion: number): Promise<void> {
    await this.write(async (tx) => {
      const before = await this.lockAll(tx);
      const row = await this.lock(tx, id, expectedVersion);
      await tx.repository(RedirectEntity).delete({ id });
      await this.announce(tx, { ...row, version: row.version + 1 }, 'DELETED', before);
    });
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await this.deps.database.transaction(work);
      this.deps.table.drop();
      this.deps.outbox.notifyRelay();
      return result;
    } catch (error) {
      throw violatedConstraint(error) === 'redirect_from' ? new PathTakenError() : error;
    }
  }

  /** Takes the lock of all redirects. Returns those that are followed, as they are before the change. */
  private async lockAll(tx: Tx): Promise<RedirectTable> {
    await tx.rows(sql.lockRedirects);
    return followed(tx);
  }

  private async lock(tx: Tx, id: string, expectedVersion: number): Promise<RedirectEntity> {
    const row = await tx.repository(RedirectEntity).lock({ id });
    if (!row) throw new NotFoundError('redirect', ['redirectId']);
    if (row.version !== expectedVersion) throw new StaleVersionError(row.version);
    return row;
  }

  /** @throws RedirectLoopError where the change makes one; another, written by hand, stops nobody */
  private async announce(
    tx: Tx,
    { id, fromPath: path, version }: Pick<RedirectEntity, 'id' | 'fromPath' | 'version'>,
    change: 'CREATED' | 'UPDATED' | 'DELETED',
    before: RedirectTable,
  ): Promise<void> {
    const rootLanguage = await this.deps.rootLanguage();
    const known = new Set(before.loops(rootLanguage));
    if ((await followed(tx)).loops(rootLanguage).some((looping) => !known.has(looping)))
      throw new RedirectLoopError(change === 'DELETED' ? 'redirectId' : 'toPath');
    await this.deps.outbox.append(tx, urlChanged(id, { kind: 'REDIRECT', change, path, version }));
    await tx.rows(sql.announceRedirects);
  }

  /** @throws InvalidInputError for a text that is no path; PathReservedError where there is a page */
  private async fromPath(given: string): Promise<string> {
    const path = normalPath(given);
    if (!path) throw new InvalidInputError('A path of at most 300 characters: /old-page.', ['fromPath']);
    if (isReserved(path) || (await this.deps.resolver.shownAt(path))) throw new PathReservedError();
    return path;
  }

  /** What the stored redirect leads to, as it was entered. */
  private aimOf({ toPath, targetKind, targetId }: RedirectEntity, code: RedirectCode): EnteredRedirect {
    if (code === 410) return {};
    const type = targetKind ? this.deps.kinds.named(targetKind)?.type : undefined;
    const prefix = type ? prefixOfType(type) : null;
    return { toPath, targetId: prefix && targetId ? globalId(prefix, targetId) : null };
  }

  /** @throws InvalidInputError unless there is exactly one target, or none for what is gone */
  private async target(
    { toPath, targetId }: EnteredRedirect,
    { code, isPrefix }: { readonly code: RedirectCode; readonly isPrefix: boolean },
  ): Promise<Target> {
    if (code === 410) {
      if (toPath || targetId) throw new InvalidInputError('What is gone leads nowhere.', ['toPath']);
      return { toPath: null, targetKind: null, targetId: null };
    }
    if (Boolean(toPath) === Boolean(targetId))
      throw new InvalidInputError('Either a path or a product or category.', ['toPath']);
    return targetId ? this.entityTarget(targetId) : this.pathTarget(toPath ?? '', isPrefix);
  }

  private async entityTarget(publicId: string): Promise<Target> {
    const kind = this.deps.kinds.ofPublicId(publicId);
    const id = kind && localId(prefixOfType(kind.type) as IdPrefix, publicId);
    if (!kind || !id || !(await this.deps.kinds.entity(kind.kind, id)))
      throw new NotFoundError('product or category', ['targetId']);
    return { targetKind: kind.kind, targetId: id, toPath: null };
  }

  /** The path of a product or category becomes that entity, so that it stays right when its slug changes. */
  private async pathTarget(given: string, isPrefix: boolean): Promise<Target> {
    const takesRest = isPrefix && given.trim().endsWith('/*');
    const path = normalPath(takesRest ? given.trim().slice(0, -1) : given);
    if (!path || path.includes('*') || (takesRest && path.length > LONGEST_PATH - '/*'.length))
      throw new InvalidInputError('A path of this shop: /new-page.', ['toPath']);
    const at = takesRest ? null : await this.deps.resolver.shownAt(path);
    if (at) return { targetKind: at.kind.kind, targetId: at.entity.id, toPath: null };
    const toPath = takesRest ? `${path === '/' ? '' : path}/*` : path;
    return { targetKind: null, targetId: null, toPath };
  }
}

async function followed(tx: Tx): Promise<RedirectTable> {
  return new RedirectTable((await tx.rows(sql.activeRedirects)) as StoredRedirect[]);
}
