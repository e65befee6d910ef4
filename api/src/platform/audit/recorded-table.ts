/** How the changes of a table appear in the audit log. */
export interface RecordedTable {
  readonly table: string;
  /**
   * The GraphQL type under whose history the rows are found: of the row itself or of what it is a part of, such as
   * `Product` for images. `entity_type` reads it from the column of this name.
   */
  readonly entity: string;
  /** The column with the id or code of that entity. */
  readonly by: string;
  /** Secret and personal columns: the log says that they changed, and never from what to what. */
  readonly hidden?: readonly string[];
  /** Columns that follow from others or say nothing to a reader. Versions and times of change are always left out. */
  readonly ignored?: readonly string[];
  /** Only these statements, where others are no deed of anybody: `INSERT OR UPDATE OF revoked_at`. */
  readonly on?: string;
}

/** SQL for a migration: from now on the changes of this table are recorded; see `recording.ts`. */
export function recorded({
  table,
  entity,
  by,
  hidden = [],
  ignored = [],
  on = 'INSERT OR UPDATE OR DELETE',
}: RecordedTable): string {
  const words = [entity, by, hidden.join(' '), ignored.join(' ')].map((word) => `'${word}'`).join(', ');
  return `CREATE TRIGGER ${table}_recorded AFTER ${on} ON ${table} FOR EACH ROW
    WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change(${words});`;
}
