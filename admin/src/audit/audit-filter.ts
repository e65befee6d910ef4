import type { AuditLogFilter } from '../generated/audit/graphql';
import { startOfDay } from '../ui/days';

export type AuditFilterKey = 'who' | 'what' | 'about' | 'from' | 'to';

/** The API's filter for what is chosen; an operation or type that nothing has yet finds nothing. */
export function toAuditFilter(chosen: Record<AuditFilterKey, string[]>): AuditLogFilter {
  const filter: AuditLogFilter = {};
  if (chosen.who.length > 0) filter.actorIds = chosen.who;
  if (chosen.what.length > 0) filter.operations = chosen.what;
  if (chosen.about.length > 0) filter.entityTypes = chosen.about;
  const from = startOfDay(chosen.from[0], 0);
  const afterLastDay = startOfDay(chosen.to[0], 1);
  if (from) filter.from = from.toISOString();
  if (afterLastDay) filter.to = afterLastDay.toISOString();
  return filter;
}
