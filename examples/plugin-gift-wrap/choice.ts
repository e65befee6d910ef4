import { DomainError, requireId } from '@vitrine/api/plugin';

/** A paper and the words on its card, as they come in. */
interface GivenChoice {
  readonly giftWrapId?: string | null;
  readonly message?: string | null;
}

/** What is chosen; null for no paper. @throws DomainError GIFT_MESSAGE_TOO_LONG | NotFoundError */
export function readChoice(
  { giftWrapId, message: words }: GivenChoice,
  longest: number,
): { readonly wrapId: string; readonly message: string } | null {
  if (!giftWrapId) return null;
  const message = words?.trim() ?? '';
  if ([...message].length > longest)
    throw new DomainError('GIFT_MESSAGE_TOO_LONG', `At most ${longest} characters.`, ['message']);
  return { wrapId: requireId('wrap', giftWrapId, 'gift wrap', 'giftWrapId'), message };
}

export function notOffered(): DomainError {
  return new DomainError('GIFT_WRAP_NOT_OFFERED', 'It is no longer offered.', ['giftWrapId']);
}
