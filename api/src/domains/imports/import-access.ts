import { GraphQLError } from 'graphql';
import type { Clock } from '../../kernel/clock.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import type { Database } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/graphql/context.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { HandledImport, ImportRegistry } from '../../platform/imports/define-import.js';
import type { ImportRunEntity } from './import.entity.js';
import { importById, type ImportView } from './imports.statements.js';

/** Who may see and change which import: its author and whoever may read the system, with the permission of its kind. */
export class ImportAccess {
  constructor(
    private readonly database: Database,
    private readonly registry: ImportRegistry,
    private readonly clock: Clock,
  ) {}

  /** @throws GraphQLError FORBIDDEN without the permission of the kind */
  assertMayUse(kind: string, viewer: Viewer | null): HandledImport {
    const found = this.registry.find(kind);
    if (!found || !viewer?.permissions.has(found.definition.permission))
      throw new GraphQLError('You may not import this.', { extensions: { code: 'FORBIDDEN' } });
    return found;
  }

  maySee({ kind, createdBy }: Pick<ImportRunEntity, 'kind' | 'createdBy'>, viewer: Viewer | null): boolean {
    const permission = this.registry.find(kind)?.definition.permission;
    if (!viewer?.permissions.has('IMPORT') || !permission || !viewer.permissions.has(permission))
      return false;
    return createdBy === viewer.userId || viewer.permissions.has('SYSTEM');
  }

  /** Null for one that there is not, and for one that the viewer may not see. */
  async visible(id: string | null, viewer: Viewer | null): Promise<ImportView | null> {
    const found = id && (await this.database.row(importById, { id, now: this.clock.now() }));
    return found && this.maySee(found, viewer) ? found : null;
  }

  /** @throws NotFoundError */
  async required(id: string, viewer: Viewer | null): Promise<ImportView> {
    const found = await this.visible(id, viewer);
    if (!found) throw new NotFoundError('import', ['importId']);
    return found;
  }

  /**
   * Of a locked import, before a person changes it.
   *
   * @throws DomainError IMPORT_EXPIRED, IMPORT_NOT_READY or STALE_VERSION
   */
  assertChangeable(run: ImportRunEntity, expectedVersion: number): void {
    if (run.applyJobId) throw new DomainError('IMPORT_NOT_READY', 'This import was applied.');
    if (run.emptiedAt || run.expiresAt <= this.clock.now())
      throw new DomainError('IMPORT_EXPIRED', 'The file of this import was deleted.');
    if (!run.receivedAt) throw new DomainError('IMPORT_NOT_READY', 'The file has not arrived.');
    if (run.version !== expectedVersion) throw new StaleVersionError(run.version);
  }
}
