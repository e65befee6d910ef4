import { InvalidInputError } from '../../../kernel/errors.js';
import { requireId } from '../../../kernel/require-id.js';
import type { IdPrefix } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { cleanText } from '../../catalog/index.js';
import type { AddressKinds } from '../../routing/index.js';
import { pageHtml } from '../texts/allowed-html.js';
import { assertKnownDetails } from '../texts/shop-details.js';
import { readLink } from '../texts/links.js';
import { BLOCKS } from './block-types.js';
import type { PageBlockInput } from './block.input.js';
import { TEXT_PARTS, type BlockDefinition } from './define-block.js';
import { PageProductSource, type BlockData, type StoredBlock } from './stored-block.js';

const MOST_BLOCKS = 40;
const MOST_PRODUCTS = 12;
const USUAL_PRODUCTS = 4;
const KEY = /^[A-Za-z0-9-]{8,40}$/;

type Path = readonly string[];

/**
 * The blocks of an input as they are stored.
 *
 * @param stored the blocks of before: those of an unknown type are kept as they are
 * @throws InvalidInputError, NotFoundError, HtmlNotAllowedError, UnknownFactError
 */
export function readBlocks(
  given: readonly PageBlockInput[],
  stored: readonly StoredBlock[],
  kinds: AddressKinds,
): StoredBlock[] {
  if (given.length > MOST_BLOCKS) throw new InvalidInputError(`At most ${MOST_BLOCKS} blocks.`, ['blocks']);
  const keys = new Set<string>();
  return given.map((block, at) => {
    const path = ['blocks', String(at)];
    if (!KEY.test(block.key) || keys.has(block.key))
      throw new InvalidInputError('A key has 8 to 40 letters, digits and dashes, and each block its own.', [
        ...path,
        'key',
      ]);
    keys.add(block.key);
    const before = stored.find(({ key }) => key === block.key);
    return { key: block.key, ...shownWhen(block, path), ...readContent(block, before, { kinds, path }) };
  });
}

/** When, and to whom. */
function shownWhen({ isHidden, from, until, languages }: PageBlockInput, path: Path): Partial<StoredBlock> {
  if (from && until && from >= until)
    throw new InvalidInputError('It ends after it begins.', [...path, 'until']);
  return {
    ...(isHidden && { hidden: true }),
    ...(from && { from: from.toISOString() }),
    ...(until && { until: until.toISOString() }),
    ...(languages && languages.length > 0 && { languages: [...new Set(languages)].sort() }),
  };
}

function readContent(
  block: PageBlockInput,
  before: StoredBlock | undefined,
  { kinds, path }: { readonly kinds: AddressKinds; readonly path: Path },
): Pick<StoredBlock, 'type' | 'data'> {
  if (block.type === 'UNKNOWN') {
    if (!before) throw new InvalidInputError('Nothing is stored under this key.', [...path, 'key']);
    return { type: before.type, data: before.data };
  }
  const definition: BlockDefinition = BLOCKS[block.type];
  const ids = (field: 'imageIds' | 'productIds' | 'categoryIds', prefix: IdPrefix, most = 0): string[] => {
    const list = block[field] ?? [];
    if (list.length > most)
      throw new InvalidInputError(most ? `At most ${most}.` : 'This block has none.', [...path, field]);
    return list.map((id, at) => requireId(prefix, id, 'entry', ...path, field, String(at)));
  };
  const data: BlockData = {
    texts: textsOf(block.translations ?? [], definition.texts ?? {}, [...path, 'translations']),
    imageIds: ids('imageIds', 'med', definition.images),
    productIds: ids('productIds', 'prod', definition.products),
    categoryIds: ids('categoryIds', 'cat', definition.categories),
    ...(definition.source ? productsOf(block, path) : { source: null, count: null }),
    link: definition.link && block.link ? readLink(kinds, block.link, [...path, 'link']) : null,
    items: itemsOf(block, definition, path),
  };
  return { type: block.type, data };
}

function productsOf(
  { source, count, categoryIds }: PageBlockInput,
  path: Path,
): Pick<BlockData, 'source' | 'count'> {
  const number = count ?? USUAL_PRODUCTS;
  if (number < 1 || number > MOST_PRODUCTS)
    throw new InvalidInputError(`1 to ${MOST_PRODUCTS} products.`, [...path, 'count']);
  if (source === PageProductSource.CATEGORY && categoryIds?.length !== 1)
    throw new InvalidInputError('Name the category.', [...path, 'categoryIds']);
  return { source: source ?? PageProductSource.NEWEST, count: number };
}

function itemsOf({ items }: PageBlockInput, definition: BlockDefinition, path: Path): BlockData['items'] {
  if ((items?.length ?? 0) > (definition.items ?? 0))
    throw new InvalidInputError('This block has none, or fewer.', [...path, 'items']);
  return (items ?? []).map(({ translations }, at) => ({
    texts: textsOf(translations, definition.itemTexts ?? {}, [...path, 'items', String(at), 'translations']),
  }));
}

type Translation = { readonly locale: Language } & { readonly [Part in string]?: string | null };

/** By part, the texts of each language. What is empty is left out. */
function textsOf(
  translations: readonly object[],
  parts: Readonly<Record<string, number>>,
  path: Path,
): BlockData['texts'] {
  const texts: Record<string, LocalizedText> = {};
  translations.forEach((given, at) => {
    const translation = given as Translation;
    for (const part of TEXT_PARTS) {
      const entered = translation[part];
      if (!entered?.trim()) continue;
      const [most, place] = [parts[part], [...path, String(at), part]];
      if (most === undefined) throw new InvalidInputError('This block has no such text.', place);
      if (entered.length > most) throw new InvalidInputError(`At most ${most} characters.`, place);
      const text = part === 'html' ? pageHtml(entered, place) : cleanText(entered);
      assertKnownDetails(text, place);
      texts[part] = { ...texts[part], [translation.locale]: text };
    }
  });
  return texts;
}
