/**
 * SQL for the ids that a search finds: every word of `term` must occur in the text of one of the sources. Term and
 * texts are normalized only by the database's functions (see the migration that created `search_patterns`).
 *
 * @param term the placeholder of the search term; a term without a word finds nothing
 * @param sources selects of one id where a text is `LIKE w.pattern`, the word that is searched for
 */
export function foundBy(term: string, sources: readonly string[]): string {
  return `SELECT m.id FROM search_patterns(${term}) w CROSS JOIN LATERAL (
    ${sources.join('\n    UNION ')}) m (id)
    GROUP BY m.id HAVING count(*) = max(w.words)`;
}

/** The search term as a value for the database: null if it is empty. PostgreSQL's text cannot contain NUL. */
export function searchTerm(typed: string | null | undefined): string | null {
  return typed?.replaceAll('\0', ' ').trim().slice(0, 200) || null;
}
