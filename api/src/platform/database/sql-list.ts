/**
 * SQL: a list of codes for `IN`, such as `('PLACED', 'PAID')`.
 *
 * @throws Error for anything but capitals and underscores; no list may come from a request
 */
export function sqlList(codes: readonly string[]): string {
  const wrong = codes.find((code) => !/^[A-Z_]+$/.test(code));
  if (wrong !== undefined || codes.length === 0)
    throw new Error(`No code for a statement: ${wrong ?? 'none'}`);
  return `(${codes.map((code) => `'${code}'`).join(', ')})`;
}
