import { parse } from 'libpg-query';

export interface StatementTables {
  /** Tables that the statement reads or locks without writing them. */
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

type Tree = Readonly<Record<string, unknown>>;

/** The tables that a statement names, by PostgreSQL's own parser; common table expressions are no tables. */
export async function tablesOf(text: string): Promise<StatementTables> {
  const named = new Set<string>();
  const expressions = new Set<string>();
  const writes = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node as Tree)) {
      if (key === 'RangeVar' || key === 'relation') named.add(nameOf(value));
      if (key === 'CommonTableExpr') expressions.add(String((value as Tree)['ctename']));
      if (['InsertStmt', 'UpdateStmt', 'DeleteStmt'].includes(key))
        writes.add(nameOf((value as Tree)['relation']));
      visit(value);
    }
  };
  visit(await parse(text));
  const reads = [...named].filter((name) => !expressions.has(name) && !writes.has(name));
  return { reads: new Set(reads), writes };
}

function nameOf(relation: unknown): string {
  return String((relation as Tree)['relname']);
}
