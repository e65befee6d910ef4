import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { AddressLanguage, Language } from '../../../kernel/languages.js';
import { localId, prefixOfType } from '../../../kernel/ids.js';
import { inLanguage, normalPath, type AddressKinds } from '../../routing/index.js';
import type { StoredLink } from '../blocks/stored-block.js';

/** A link as staff enter it: one of the two. */
export interface EnteredLink {
  readonly targetId?: string | null;
  readonly path?: string | null;
}

const ELSEWHERE = /^(https?:\/\/|mailto:|tel:)/i;
const LONGEST = 500;

/**
 * A link as it is stored; null for none.
 *
 * @throws InvalidInputError, NotFoundError
 */
export function readLink(
  kinds: AddressKinds,
  { targetId, path: given }: EnteredLink,
  at: readonly string[],
): StoredLink | null {
  if (targetId && given)
    throw new InvalidInputError('A link leads to a target or to a path.', [...at, 'path']);
  if (targetId) {
    const kind = kinds.ofPublicId(targetId);
    const prefix = kind && prefixOfType(kind.type);
    const id = prefix && localId(prefix, targetId);
    if (!kind || !id) throw new NotFoundError('target', [...at, 'targetId']);
    return { kind: kind.kind, id };
  }
  const path = given?.trim();
  if (!path) return null;
  if (path.length > LONGEST) throw new InvalidInputError(`At most ${LONGEST} characters.`, [...at, 'path']);
  if (ELSEWHERE.test(path) && URL.canParse(path)) return { path };
  if (!path.startsWith('/') || path.startsWith('//') || normalPath(path) === null)
    throw new InvalidInputError('Write a path such as /search, or an address with https://.', [
      ...at,
      'path',
    ]);
  return { path };
}

/** The path of each target that is shown to everybody, without language, by its id. */
export type TargetPaths = ReadonlyMap<string, (language: Language) => string>;

/** Where a link leads readers of a language; null where its target is gone or shown to nobody. */
export function hrefOf(
  link: StoredLink | null,
  paths: TargetPaths,
  { language, rootLanguage }: AddressLanguage,
): string | null {
  if (!link) return null;
  const bare = link.id ? paths.get(link.id)?.(language) : link.path;
  if (bare === undefined) return null;
  if (!bare.startsWith('/')) return bare;
  const [path = '/', rest = ''] = splitAt(bare);
  return inLanguage({ language, bare: path }, rootLanguage) + rest;
}

/** A path, and its query and fragment. */
function splitAt(path: string): [string, string] {
  const at = path.search(/[?#]/);
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
}
