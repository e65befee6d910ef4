import { languageDataOf } from '@vitrine/client/languages';
import { baseOf, type Language } from '../src/app/messages/language';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluginParts } from 'virtual:plugin-parts';

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
  assets?: string[];
}

type Preloads = (modules: ReadonlySet<string>, language: string) => string;

/**
 * Makes the preload links of a page's scripts, styles, messages and fonts.
 *
 * The messages of the page's language and the fonts are needed on every page; only some languages need letters such as ă, ș and ț.
 */
export function makePreloads(clientFolder: string): Preloads {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(clientFolder, '.vite', name), 'utf8'));
  const chunks = read('manifest.json') as Record<string, Chunk>;
  const filesByModule = read('ssr-manifest.json') as Record<string, string[]>;
  const fonts = Object.entries(chunks)
    // The complete fonts are fetched only when a name contains other letters.
    .filter(([source]) => source.endsWith('-shop.woff2'))
    .map(([source, { file }]) => ({ source, file: `/${file}` }));

  return (modules, language) => {
    const files = new Set<string>();
    for (const module of modules) for (const file of filesByModule[module] ?? []) files.add(file);
    for (const source of wordsOf(modules, baseOf(language as Language)))
      if (chunks[source]) files.add(`/${chunks[source].file}`);
    for (const { source } of pluginParts) if (chunks[source]) files.add(`/${chunks[source].file}`);
    const wanted = fonts.filter(
      ({ source }) => languageDataOf(language).extendedLatin || !source.includes('latin-ext'),
    );
    return [
      ...wanted.map(
        ({ file }) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${file}">`,
      ),
      ...[...files].map(linkTo),
    ].join('\n    ');
  };
}

/** The common messages, and those about orders on the pages that use them. */
function wordsOf(modules: ReadonlySet<string>, language: string): string[] {
  const usesOrderMessages = [...modules].some((module) => /src\/(account|checkout|orders)\//.test(module));
  return [
    `../locales/${language}/storefront.json`,
    ...(usesOrderMessages ? [`../locales/${language}/storefront-orders.json`] : []),
  ];
}

function linkTo(file: string): string {
  // Low priority, so that images and fonts load before scripts.
  if (file.endsWith('.js'))
    return `<link rel="modulepreload" fetchpriority="low" crossorigin href="${file}">`;
  return file.endsWith('.css') ? `<link rel="stylesheet" crossorigin href="${file}">` : '';
}
