import { h } from 'vue';
import type { VNode } from 'vue';
import { RouterLink } from 'vue-router';
import type { RouteLocationRaw } from 'vue-router';
import MoneyText from '../MoneyText.vue';
import RelativeDate from '../RelativeDate.vue';
import StatusDot from '../StatusDot.vue';
import type { Tone } from '../StatusDot.vue';

type Money = InstanceType<typeof MoneyText>['$props']['money'];

const WIDTHS = { narrow: 'max-w-40', middle: 'max-w-56', wide: 'max-w-72' } as const;

interface TextLook {
  width?: keyof typeof WIDTHS;
  /** What is shown on hovering, unless it is the text. */
  hint?: string;
  /** Further classes. */
  look?: string;
}

/** The link to the page of the row. */
export const rowLink = (to: RouteLocationRaw, label: string): VNode =>
  h(RouterLink, { to, class: 'font-medium text-highlighted hover:underline' }, () => label);

/** A link to something else. */
export const link = (to: RouteLocationRaw, label: string): VNode =>
  h(RouterLink, { to, class: 'hover:underline' }, () => label);

/** Text that is cut where the column ends; the whole of it on hovering. Nothing for null. */
export const text = (
  value: string | null | undefined,
  { width = 'middle', hint = value ?? undefined, look = '' }: TextLook = {},
): VNode | null =>
  value ? h('span', { class: ['block truncate', WIDTHS[width], look], title: hint }, value) : null;

export const quiet = (value: string | null | undefined): VNode | null =>
  value ? h('span', { class: 'text-muted' }, value) : null;

/** An id, an SKU or another text that is copied. */
export const code = (value: string | null | undefined): VNode | null =>
  value
    ? h('span', { class: 'block max-w-56 truncate font-mono text-xs text-muted', title: value }, value)
    : null;

export const money = (value: Money): VNode => h(MoneyText, { money: value });

/** When something was; nothing for null. */
export const moment = (at: string | null | undefined): VNode | null =>
  at ? h(RelativeDate, { at, class: 'text-muted' }) : null;

export const status = (tone: Tone, word: string): VNode => h(StatusDot, { tone, word });

/** A figure that is quiet while it is nothing. */
export const figure = (value: number, n: (value: number) => string, look = ''): VNode =>
  h('span', { class: value === 0 ? 'text-dimmed' : look }, n(value));
