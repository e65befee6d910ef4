import type { Clock } from '../../kernel/clock.js';
import { SessionTokens } from '../../kernel/tokens.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import { viewerOfSession } from '../identity/index.js';
import type { ImportAccess } from './import-access.js';
import type { ImportView } from './imports.statements.js';

export interface Report {
  readonly wrongOnly: boolean;
}

/**
 * Signed addresses of the rows of imports on this server. Each is good for the session that was shown it, until the rows
 * are deleted: signing out, a new password and a role without the permission end it.
 */
export class ImportLinks {
  private readonly tokens: SessionTokens;

  constructor(
    secret: string,
    private readonly deps: {
      readonly database: Database;
      readonly clock: Clock;
      readonly access: ImportAccess;
    },
  ) {
    this.tokens = new SessionTokens(secret, 'import-report');
  }

  /** Of the rows with errors, or of all; null once they are deleted, and for a viewer who may not see the import. */
  report(run: ImportView, { viewer, language }: RequestContext, { wrongOnly }: Report): string | null {
    const { clock, access } = this.deps;
    if (!viewer || !access.maySee(run, viewer)) return null;
    if (!isKept(run, clock.now())) return null;
    const token = this.tokens.sign(run.id, viewer.sessionId, run.expiresAt);
    return `/documents/import-reports/${token}?language=${language}${wrongOnly ? '&rows=wrong' : ''}`;
  }

  /** Null for one that the viewer may not see. */
  find(id: string, viewer: Viewer | null): Promise<ImportView | null> {
    return this.deps.access.visible(id, viewer);
  }

  /** The import of an address; null when it is not good, or not any more. */
  async open(token: string): Promise<ImportView | null> {
    const { database, clock, access } = this.deps;
    const found = this.tokens.open(token, clock.now());
    const viewer = found && (await viewerOfSession(database, found.sessionId));
    const run = viewer && (await access.visible(found.id, viewer));
    return run && isKept(run, clock.now()) ? run : null;
  }
}

function isKept({ emptiedAt, expiresAt }: ImportView, now: Date): boolean {
  return emptiedAt === null && expiresAt > now;
}

/** For the plain field functions of the type files. */
export const importLinks = new PerShop<ImportLinks>();
