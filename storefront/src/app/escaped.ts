/** Text as it stands in HTML, for the little that is not drawn by Vue. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
