/** What a person wrote, as it may be stored: without the one character that the database refuses; null for nothing. */
export function freeText(text: string | null | undefined): string | null {
  return text?.toWellFormed().replaceAll('\0', '').trim() || null;
}
