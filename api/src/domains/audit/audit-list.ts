import DataLoader from 'dataloader';
import { anyOf, anyOfIds } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { statement, t, type Querying, type ValuesOf } from '../../platform/database/database.js';
import { perRequest } from '../../platform/graphql/context.js';
import { keysetList, type Page } from '../../platform/graphql/keyset-list.js';
import type { AuditLogFilter } from './audit.input.js';
import type { AuditChangeEntity } from './audit.entity.js';
import { entityOf, type AuditedEntity } from './audited-entity.js';

export const ENTRY_ROW = {
  id: t.uuid,
  at: t.timestamp,
  actorKind: t.text,
  actorId: t.uuid.orNull,
  actorName: t.text.orNull,
  operation: t.text,
  requestId: t.text,
};
export type AuditEntryRow = ValuesOf<typeof ENTRY_ROW> & {
  /** The entity in whose history the entry stands; null and undefined in the log as a whole. */
  readonly aboutId?: string | null;
};

/** Rows of one entry that are read with it: one that changed more is not read to its end by a person. */
export const MOST_CHANGES = 100;

const COLUMNS = `e.id, e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.operation,
  e.request_id AS "requestId", u.first_name || ' ' || u.last_name AS "actorName"`;
const FROM = 'audit_entry e LEFT JOIN app_user u ON u.id = e.actor_id';

const readEntries = keysetList({
  name: 'audit.entries',
  row: ENTRY_ROW,
  columns: COLUMNS,
  from: FROM,
  time: 'e.at',
  id: 'e.id',
  filter: {
    ids: t.uuids.orNull,
    actorIds: t.uuids.orNull,
    operations: t.texts.orNull,
    entityTypes: t.texts.orNull,
    entityId: t.text.orNull,
    requestId: t.text.orNull,
    from: t.timestamp.orNull,
    to: t.timestamp.orNull,
  },
  conditions: `(:ids::uuid[] IS NULL OR e.id = ANY(:ids)) AND (:actorIds::uuid[] IS NULL OR e.actor_id = ANY(:actorIds))
    AND (:operations::text[] IS NULL OR e.operation = ANY(:operations)) AND (:requestId::text IS NULL OR e.request_id = :requestId)
    AND (:from::timestamptz IS NULL OR e.at >= :from) AND (:to::timestamptz IS NULL OR e.at < :to)
    AND (:entityTypes::text[] IS NULL OR e.id IN (
      SELECT c.entry_id FROM audit_change c WHERE c.entity_type = ANY(:entityTypes) AND (:entityId::text IS NULL OR c.entity_id = :entityId)
      UNION ALL SELECT c.entry_id FROM audit_change c WHERE c.record_id = :entityId))`,
});

export const entryById = statement('audit.entry-by-id', {
  params: { id: t.uuid },
  row: ENTRY_ROW,
  sql: `SELECT ${COLUMNS} FROM ${FROM} WHERE e.id = :id`,
});

const CHANGE_ROW = {
  ...{ entryId: t.uuid, record: t.text, kind: t.text, entityType: t.text, entityId: t.text.orNull },
  changes: t.json<AuditChangeEntity['changes']>(),
};
export type AuditChangeRow = ValuesOf<typeof CHANGE_ROW>;

/** An entry that wrote at most so many rows, and began no work on many, is shown whole in each history. */
const FEW_CHANGES = 20;

// One more than are shown tells that there are more.
const changesOfEntries = statement('audit.changes-of-entries', {
  params: { ids: t.uuids, aboutIds: t.textsOrNulls },
  row: { ...CHANGE_ROW, aboutId: t.text.orNull },
  sql: `SELECT c.entry_id AS "entryId", c.record, c.kind, c.entity_type AS "entityType", c.entity_id AS "entityId", c.changes,
     wanted.about AS "aboutId"
   FROM unnest(:ids::uuid[], :aboutIds::text[]) AS wanted (id, about)
   CROSS JOIN LATERAL (
     SELECT count(*) <= ${FEW_CHANGES} AND NOT coalesce(bool_or(few.entity_type = 'Job'), false) AS whole
     FROM (SELECT entity_type FROM audit_change WHERE entry_id = wanted.id LIMIT ${FEW_CHANGES + 1}) few) size
   CROSS JOIN LATERAL (
     SELECT * FROM audit_change ch WHERE ch.entry_id = wanted.id
       AND (wanted.about IS NULL OR size.whole OR ch.entity_id = wanted.about OR ch.record_id = wanted.about)
     ORDER BY ch.id LIMIT ${MOST_CHANGES + 1}) c`,
});

/** What an entry wrote. */
export interface WrittenChanges {
  /** At most `MOST_CHANGES`; in the history of an entity those of work on many rows that concern it. */
  readonly shown: readonly AuditChangeRow[];
  readonly hasMore: boolean;
}

type Entry = Pick<AuditEntryRow, 'id' | 'aboutId'>;

/** What each of these entries wrote, in their order. */
async function readChanges(database: Querying, entries: readonly Entry[]): Promise<WrittenChanges[]> {
  const keyOf = (entryId: string, aboutId: string | null = null): string => `${entryId} ${aboutId}`;
  const found = new Map<string, AuditChangeRow[]>(entries.map(({ id, aboutId }) => [keyOf(id, aboutId), []]));
  const ids = entries.map(({ id }) => id);
  const aboutIds = entries.map(({ aboutId }) => aboutId ?? null);
  for (const change of await database.rows(changesOfEntries, { ids, aboutIds }))
    found.get(keyOf(change.entryId, change.aboutId))?.push(change);
  return entries.map(({ id, aboutId }) => {
    const all = found.get(keyOf(id, aboutId)) ?? [];
    return { shown: all.slice(0, MOST_CHANGES), hasMore: all.length > MOST_CHANGES };
  });
}

export const changesLoader = perRequest(
  ({ database }) =>
    new DataLoader<Entry, WrittenChanges, string>((entries) => readChanges(database, entries), {
      cacheKeyFn: ({ id, aboutId }) => `${id} ${aboutId ?? ''}`,
    }),
);

export interface AuditQuery {
  readonly ids?: readonly string[] | null;
  readonly actorIds?: readonly string[] | null;
  readonly operations?: readonly string[] | null;
  readonly entityTypes?: readonly string[] | null;
  /** Of one of `entityTypes`: a UUID, or a code of what has no id. */
  readonly entityId?: string | null;
  readonly requestId?: string | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
}

/** What the filter of the list means. @throws InvalidInputError for an id of nothing that is recorded */
export function auditQuery(filter: AuditLogFilter | null | undefined): AuditQuery {
  const { entityId, ...rest } = filter ?? {};
  return {
    ...rest,
    ids: anyOfIds('audit', rest.ids),
    actorIds: anyOfIds('user', rest.actorIds),
    ...(entityId && entityOf(entityId)),
  };
}

/** Keyset list of the audit log, newest first. */
export class AuditList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  async page(query: AuditQuery, page: PageArguments): Promise<Page<AuditEntryRow>> {
    const { actorIds, operations, entityTypes } = query;
    const filter = {
      ...{ ids: query.ids ?? null, entityId: query.entityId ?? null, requestId: query.requestId || null },
      ...{ actorIds: anyOf(actorIds), operations: anyOf(operations), entityTypes: anyOf(entityTypes) },
      ...{ from: query.from ?? null, to: query.to ?? null },
    };
    const found = await readEntries(this.database, this.cursors, { filter, page, timeOf: ({ at }) => at });
    if (!query.entityId) return found;
    return { ...found, nodes: found.nodes.map((node) => ({ ...node, aboutId: query.entityId })) };
  }

  /** What was done to one entity. */
  history({ entityTypes, entityId }: AuditedEntity, page: PageArguments): Promise<Page<AuditEntryRow>> {
    return this.page({ entityTypes, entityId }, page);
  }

  /** What each of these entries wrote, in their order. */
  changesOf(entries: readonly Entry[]): Promise<WrittenChanges[]> {
    return readChanges(this.database, entries);
  }
}
