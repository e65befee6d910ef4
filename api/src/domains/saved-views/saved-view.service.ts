import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { assertPermission } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { SavedViewEntity } from './saved-view.entity.js';
import { savedViewChanged } from './saved-views.events.js';
import * as sql from './saved-views.statements.js';

type Viewer = NonNullable<RequestContext['viewer']>;

/** Of each list, for everybody and for each member of staff. Two who make one at once may have one more. */
const MOST_VIEWS = 50;

export interface NewView {
  readonly list: string;
  readonly name: string;
  readonly address: string;
  readonly isShared: boolean;
}

export interface ViewChange {
  readonly id: string;
  readonly name?: string;
  readonly address?: string;
  readonly isShared?: boolean;
  readonly expectedVersion: number;
}

/**
 * Keeps views of lists.
 *
 * Each change is one transaction that locks the rows of the views it changes, and nothing else. Whoever has no right to a
 * view is told that there is none, except for shared ones, which everybody sees: there the permission VIEW_SHARE is missing.
 */
export class SavedViewService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  list(list: string, { userId }: Viewer): Promise<sql.SavedViewRow[]> {
    return this.database.rows(sql.viewsOfList, { list, userId });
  }

  find(id: string, { userId }: Viewer): Promise<sql.SavedViewRow | null> {
    return this.database.row(sql.viewById, { id, userId });
  }

  /** @throws DomainError TOO_MANY_VIEWS; GraphQLError FORBIDDEN without the permission to share */
  async create({ isShared, ...view }: NewView, viewer: Viewer): Promise<string> {
    if (isShared) assertPermission(viewer, 'VIEW_SHARE');
    const ownerId = isShared ? null : viewer.userId;
    const id = newId();
    await this.database.transaction(async (tx) => {
      const position = await this.nextPosition(tx, view.list, ownerId);
      const [made] = await tx
        .repository(SavedViewEntity)
        .insert([{ ...view, name: view.name.trim(), id, ownerId, position, createdBy: viewer.userId }]);
      if (made) await this.announce(tx, made, 'CREATED', viewer);
    });
    this.outbox.notifyRelay();
    return id;
  }

  /** @throws NotFoundError, StaleVersionError, DomainError TOO_MANY_VIEWS; GraphQLError FORBIDDEN */
  async update({ id, isShared, expectedVersion, name, address }: ViewChange, viewer: Viewer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const view = await this.lock(tx, id, viewer);
      if (view.version !== expectedVersion) throw new StaleVersionError(view.version);
      const isMoved = isShared !== undefined && isShared !== (view.ownerId === null);
      if (isMoved) assertPermission(viewer, 'VIEW_SHARE');
      const ownerId = isShared ? null : viewer.userId;
      const place = isMoved && { ownerId, position: await this.nextPosition(tx, view.list, ownerId) };
      if (isMoved && !isShared)
        await tx.count(sql.unsetOthersDefaults, { viewId: id, userId: viewer.userId });
      const changes = {
        ...(name !== undefined && { name: name.trim() }),
        ...(address !== undefined && { address }),
        ...place,
      };
      if (await tx.repository(SavedViewEntity).update(view, changes))
        await this.announce(tx, view, 'CHANGED', viewer);
    });
    this.outbox.notifyRelay();
  }

  /** @throws NotFoundError; GraphQLError FORBIDDEN */
  async delete(id: string, viewer: Viewer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const view = await this.lock(tx, id, viewer);
      await tx.repository(SavedViewEntity).delete({ id });
      await this.announce(tx, view, 'DELETED', viewer);
    });
    this.outbox.notifyRelay();
  }

  /** Ids of views that are not in the group are passed over: they were deleted or moved meanwhile. */
  async reorder(list: string, isShared: boolean, ids: readonly string[], viewer: Viewer): Promise<void> {
    if (isShared) assertPermission(viewer, 'VIEW_SHARE');
    const ownerId = isShared ? null : viewer.userId;
    await this.database.transaction(async (tx) => {
      const known = new Set((await tx.rows(sql.lockGroup, { list, ownerId })).map(({ id }) => id));
      const first = [...new Set(ids)].filter((id) => known.has(id));
      const others = [...known].filter((id) => !first.includes(id));
      await tx.count(sql.placeViews, { ids: [...first, ...others] });
    });
  }

  /** @throws NotFoundError for a view of another list, and for one that the viewer does not have, or has no more */
  async setDefault(list: string, id: string | null, viewer: Viewer): Promise<void> {
    const { userId } = viewer;
    if (id === null) {
      await this.database.count(sql.unsetDefault, { userId, list });
      return;
    }
    const isSet = await this.database.count(sql.setDefault, { userId, list, viewId: id });
    if (!isSet) throw new NotFoundError('view', ['viewId']);
  }

  private async lock(tx: Tx, id: string, viewer: Viewer): Promise<SavedViewEntity> {
    const view = await tx.repository(SavedViewEntity).lock({ id });
    if (!view || (view.ownerId !== null && view.ownerId !== viewer.userId))
      throw new NotFoundError('view', ['viewId']);
    if (view.ownerId === null) assertPermission(viewer, 'VIEW_SHARE');
    return view;
  }

  private async nextPosition(tx: Tx, list: string, ownerId: string | null): Promise<number> {
    const group = await tx.row(sql.groupOfViews, { list, ownerId });
    if (group && group.count >= MOST_VIEWS)
      throw new DomainError('TOO_MANY_VIEWS', `This list has ${MOST_VIEWS} views already. Delete one.`);
    return (group?.last ?? 0) + 1;
  }

  private async announce(
    tx: Tx,
    { id, list, name, ownerId, version }: SavedViewEntity,
    change: 'CREATED' | 'CHANGED' | 'DELETED',
    { userId }: Viewer,
  ): Promise<void> {
    await this.outbox.append(
      tx,
      savedViewChanged(id, { list, name, isShared: ownerId === null, change, changedBy: userId, version }),
    );
  }
}
