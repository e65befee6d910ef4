import type { Language } from '../../kernel/languages.js';
import type { RedirectCode } from './redirect.entity.js';
import { inLanguage, LONGEST_PATH, splitLanguage, type LocalPath } from './paths.js';

export const MOST_STEPS = 10;

/** A redirect as it is followed. */
export interface StoredRedirect {
  readonly id: string;
  readonly fromPath: string;
  readonly isPrefix: boolean;
  readonly targetKind: string | null;
  readonly targetId: string | null;
  readonly toPath: string | null;
  readonly code: RedirectCode;
}

/** Where redirects lead: to an entity or a path in a language, or nowhere any more (410). */
export interface RedirectEnd {
  /** The first one, which is the one that was asked for. */
  readonly redirect: StoredRedirect;
  readonly code: RedirectCode;
  readonly language: LocalPath['language'];
  readonly entity: { readonly kind: string; readonly id: string } | null;
  /** Without language; null with an entity and with 410. */
  readonly bare: string | null;
}

/** The active redirects of a shop, in memory. `rootLanguage` is the one whose pages have no prefix. */
export class RedirectTable {
  private readonly exact = new Map<string, StoredRedirect>();
  private readonly prefixes = new Map<string, StoredRedirect>();

  constructor(readonly redirects: readonly StoredRedirect[]) {
    for (const redirect of redirects)
      (redirect.isPrefix ? this.prefixes : this.exact).set(redirect.fromPath, redirect);
  }

  /** The redirect from exactly this path, else the one of the longest prefix; null when there is none. */
  at(path: LocalPath, rootLanguage: Language): StoredRedirect | null {
    const spellings = spellingsOf(path, rootLanguage);
    const exact = spellings.flatMap((spelling) => this.exact.get(spelling) ?? [])[0];
    return exact ?? spellings.flatMap((spelling) => this.longestPrefix(spelling) ?? [])[0] ?? null;
  }

  /**
   * Follows redirects from a path to their end, so that a visitor makes one step. Null when there is none, and when the end
   * would be longer than a path can be.
   *
   * @returns 'LOOP' for a circle and for more than ten steps
   */
  follow(from: LocalPath, rootLanguage: Language): RedirectEnd | 'LOOP' | null {
    const first = this.at(from, rootLanguage);
    if (!first) return null;
    let [at, redirect]: [LocalPath, StoredRedirect] = [from, first];
    let isLasting = true;
    for (let steps = 1; steps <= MOST_STEPS; steps++) {
      isLasting &&= redirect.code !== 302;
      const common = { redirect: first, language: at.language, code: isLasting ? 301 : 302 } as const;
      if (redirect.code === 410) return { ...common, code: 410, entity: null, bare: null };
      if (redirect.targetKind && redirect.targetId)
        return { ...common, entity: { kind: redirect.targetKind, id: redirect.targetId }, bare: null };
      const reached = target(redirect, at, rootLanguage);
      if (!reached) return null;
      at = reached;
      const next = this.at(at, rootLanguage);
      if (!next) return { ...common, language: at.language, entity: null, bare: at.bare };
      redirect = next;
    }
    return 'LOOP';
  }

  /**
   * The ids of redirects that lead in a circle, or over too many steps. One for everything below a path is followed from
   * below it too, by a name that no other redirect can have: those of exactly one path may hide the circle from all others.
   */
  loops(rootLanguage: Language): readonly string[] {
    const isLoop = (path: string): boolean =>
      this.follow(splitLanguage(path, rootLanguage), rootLanguage) === 'LOOP';
    return this.redirects.flatMap(({ id, fromPath, isPrefix }) =>
      isLoop(fromPath) || (isPrefix && isLoop(`${fromPath}/\u0000`)) ? [id] : [],
    );
  }

  private longestPrefix(path: string): StoredRedirect | null {
    for (let start = path; start; start = start.slice(0, start.lastIndexOf('/'))) {
      const found = this.prefixes.get(start);
      if (found) return found;
    }
    return null;
  }
}

/**
 * The path that a redirect leads to from this one, made of paths in their one spelling; a target without language keeps that
 * of the visitor. Null when it would be too long.
 */
function target(
  { fromPath, toPath }: StoredRedirect,
  at: LocalPath,
  rootLanguage: Language,
): LocalPath | null {
  const to = toPath ?? '/';
  const full = spellingsOf(at, rootLanguage).find((spelling) => spelling.startsWith(fromPath)) ?? at.bare;
  const path = to.endsWith('/*') ? to.slice(0, -2) + full.slice(fromPath.length) || '/' : to;
  if (path.length > LONGEST_PATH) return null;
  const next = splitLanguage(path, rootLanguage);
  const wasInLanguage = splitLanguage(fromPath, rootLanguage).bare !== fromPath;
  return next.bare === path && !wasInLanguage ? { language: at.language, bare: next.bare } : next;
}

/** A path as it is in addresses, with the prefix that the language at the root had elsewhere, and without any. */
function spellingsOf(path: LocalPath, rootLanguage: Language): string[] {
  const { language, bare } = path;
  const prefixed = bare === '/' ? `/${language}` : `/${language}${bare}`;
  return [...new Set([inLanguage(path, rootLanguage), prefixed, bare])];
}
