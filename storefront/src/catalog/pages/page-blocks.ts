import type { PageViewFragment } from '../../generated/catalog/graphql';

export type PageView = PageViewFragment;
export type AnyBlock = PageView['blocks'][number];
export type BlockOf<Type extends AnyBlock['__typename']> = Extract<AnyBlock, { __typename?: Type }>;

/** Products that are chosen by a rule leave out those that the page has shown above, so that no piece stands twice. */
export function withoutRepeats(blocks: readonly AnyBlock[]): AnyBlock[] {
  const shown = new Set<string>();
  return blocks.map((block) => {
    if (block.__typename !== 'ProductsBlock') return block;
    const isChosen = block.source === 'CHOSEN';
    const products = block.products.filter(({ id }) => isChosen || !shown.has(id)).slice(0, block.count);
    for (const { id } of products) shown.add(id);
    return { ...block, products: isChosen ? block.products : products };
  });
}
