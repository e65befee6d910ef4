import { tidy } from './read-address.js';

/** A tag as it is stored: in small letters, without what nobody sees. */
export function cleanTag(tag: string): string {
  return (tidy(tag.normalize('NFC')) ?? '').toLowerCase();
}

/** Each once, in alphabetical order. Commas and semicolons stand between tags, in files and where staff type them. */
export function cleanTags(tags: readonly string[]): string[] {
  const clean = tags.flatMap((tag) => tag.split(/[,;]/)).map(cleanTag);
  return [...new Set(clean)].filter(Boolean).sort();
}
