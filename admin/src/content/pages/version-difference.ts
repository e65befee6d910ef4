import type { PageContentViewFragment } from '../../generated/content/graphql';
import { blockInput, type Block } from './page-blocks';

/** What two contents of a page say differently. */
export interface Difference {
  readonly key: string;
  /** Null for name, address and search result. */
  readonly block: Block | null;
  readonly part: 'added' | 'removed' | 'moved' | 'settings' | 'text';
  readonly before: string;
  readonly after: string;
}

const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** By language and part, what a block says. */
function textsOf({ translations, items }: Block): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { locale, eyebrow, title, text, html, action } of translations)
    for (const [part, said] of Object.entries({ eyebrow, title, text, html, action }))
      texts.set(`${locale}.${part}`, plain(said));
  items.forEach((item, at) => {
    for (const { locale, title, html } of item.translations)
      texts.set(`${locale}.item${at}`, `${plain(title)} ${plain(html)}`.trim());
  });
  return texts;
}

const withoutTexts = (block: Block): string => {
  const { translations: _texts, items: _items, ...settings } = blockInput(block);
  return JSON.stringify(settings);
};

/** What was changed from one content to another, in the order of the later one, then what was taken out. */
export function differences(before: PageContentViewFragment, after: PageContentViewFragment): Difference[] {
  const found: Difference[] = [];
  const names = (content: PageContentViewFragment): string =>
    content.translations
      .map(({ name, seoTitle, seoDescription }) =>
        [name, seoTitle, seoDescription].filter(Boolean).join(' · '),
      )
      .join(' / ');
  if (names(before) !== names(after))
    found.push({ key: 'page', block: null, part: 'text', before: names(before), after: names(after) });
  const order = before.blocks.filter(({ key }) => after.blocks.some((block) => block.key === key));
  const stayed = after.blocks.filter(({ key }) => order.some((block) => block.key === key));
  for (const block of after.blocks) {
    const old = before.blocks.find(({ key }) => key === block.key);
    const at = { key: block.key, block, before: '', after: '' };
    if (!old) {
      found.push({ ...at, part: 'added' });
      continue;
    }
    if (order.indexOf(old) !== stayed.indexOf(block)) found.push({ ...at, part: 'moved' });
    if (withoutTexts(old) !== withoutTexts(block)) found.push({ ...at, part: 'settings' });
    const [said, says] = [textsOf(old), textsOf(block)];
    const parts = [...new Set([...said.keys(), ...says.keys()])];
    const changed = parts.filter((part) => (said.get(part) ?? '') !== (says.get(part) ?? ''));
    const whole = (texts: Map<string, string>): string =>
      changed.flatMap((part) => texts.get(part) || []).join(' / ');
    if (changed.length > 0) found.push({ ...at, part: 'text', before: whole(said), after: whole(says) });
  }
  for (const block of before.blocks)
    if (!after.blocks.some(({ key }) => key === block.key))
      found.push({ key: block.key, block, part: 'removed', before: '', after: '' });
  return found;
}
