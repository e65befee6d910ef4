/**
 * The accessible name of a menu that has a search field or several choices: its label and what is chosen. The label alone would replace
 * what is written on the button, so that a screen reader never said the choice.
 */
export function spokenChoice(
  label: string,
  choices: readonly { value: string; label: string }[],
  chosen: readonly string[],
  none: string,
): string {
  const names = choices.filter(({ value }) => chosen.includes(value)).map((choice) => choice.label);
  return `${label}: ${names.join(', ') || none}`;
}
