import { InvalidInputError } from '../../../kernel/errors.js';
import type { WrittenText } from '../../../platform/texts.js';

/** @throws InvalidInputError before there is a name in the language: nothing is shown in it without one */
export function nameOf({ present }: Pick<WrittenText, 'present'>): string {
  if (!present['name']) throw new InvalidInputError('Write the name first.', ['text']);
  return present['name'];
}
