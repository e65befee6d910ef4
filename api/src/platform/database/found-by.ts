/**
 * SQL for the ids of what a search finds: every word of `term` is in the text of one of the sources. Term and texts are
 * folded by the same functions of the database (see the migration that made `search_patterns`), never here.
 *
 * @param term the placeholder of what was typed; a term without a word finds nothing
 * @param sources selects of one id where a text is `LIKE w.pattern`, the word that is looked for
 */
export function foundBy(term: string, sources: readonly string[]): string {
  return `SELECT m.id FROM search_patterns(${term}) w CROSS JOIN LATERAL (
    ${sources.join('\n    UNION ')}) m (id)
    GROUP BY m.id HAVING count(*) = max(w.words)`;
}

/** What was typed as a value for the database: null when nothing was. PostgreSQL's text cannot hold a NUL. */
export function searchTerm(typed: string | null | undefined): string | null {
  return typed?.replaceAll('\0', ' ').trim().slice(0, 200) || null;
}
