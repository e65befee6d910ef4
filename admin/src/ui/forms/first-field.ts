/**
 * The first of these fields in the order of the page, which need not be that of the schema: whoever corrects several
 * goes down the page once. Null when none of them is on the page.
 */
export function firstField(names: readonly string[]): HTMLElement | null {
  const fields = names.flatMap(
    (name) => document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`) ?? [],
  );
  const isBefore = (a: Node, b: Node): boolean =>
    Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  return fields.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))[0] ?? null;
}
