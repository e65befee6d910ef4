import type { FunctionalComponent, VNodeChild } from 'vue';

/** Draws what a function returns: a cell or a card of a description. */
export const ListCell: FunctionalComponent<{ draw: () => VNodeChild }> = ({ draw }) => draw() as never;
ListCell.props = ['draw'];
