// Blanks, invisible characters, and accents without a letter under them may precede a formula.
const UNSEEN = /^[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800\s]+/u;
// Full-width signs count: spreadsheets in East Asian settings read them as the plain ones.
const FORMULA = /^[=+\-@＝＋－＠﹢﹣﹦﹫−]/u;
const LEADING_BREAK = /^[\t\r\n]/;
// Where lists are separated by semicolons (ro, fr), spreadsheets cut our lines there, whatever quotes stand around a cell.
const CELL_WITHIN =
  /(\r\n|[;\t\r\n])(?=(?:(?![\t\r\n])["'\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800])*[=+\-@＝＋－＠﹢﹣﹦﹫−])/gu;

/**
 * Makes a typed text harmless for spreadsheets, which run a cell that begins with one of these characters as a
 * formula; also within the text, behind what some of them take for the end of a cell or line. The quote in front is their
 * own notation for "this is text". Source: OWASP, CSV Injection.
 */
export function typed(text: string | null | undefined): string {
  const value = text ?? '';
  const inside = value.replaceAll(CELL_WITHIN, "$1'");
  return LEADING_BREAK.test(value) || FORMULA.test(value.replace(UNSEEN, '')) ? `'${inside}` : inside;
}
