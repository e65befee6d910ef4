import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import type { Ref, VNodeChild } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import type { Tools } from '../useTools';
import type { ListExport } from './export/list-export';
import type { FilterChoice, FilterField, PageInfo } from './list';
import type { BulkAction } from './selection/bulk-action';
import type { ListSpec, ListState } from './useListState';

/** One column. Its key names it in what the browser keeps of the user's choice, so a key is never renamed. */
export interface ColumnDefinition<Row, Sort extends string> {
  /** The key of the message in its header. */
  header: string;
  /** What a row shows in it. Left out where the page gives the slot `cell-<key>`. */
  cell?: (row: Row, tools: Tools) => VNodeChild;
  align?: 'start' | 'end';
  /** The API's sort values that its header switches between; the first is the default. */
  sorts?: readonly [Sort, Sort] | readonly [Sort];
  /** Which of `sorts` is ascending, for the arrow and for screen readers. */
  ascending?: Sort;
  /** Cannot be hidden: it says which row this is. */
  required?: boolean;
  /** Hidden in a narrow window unless it is chosen. */
  wideOnly?: boolean;
  /** Hidden unless it is chosen. */
  hidden?: boolean;
  /** The header is for screen readers only: the cells say what they are. */
  hidesHeader?: boolean;
  /** Stays in sight at the end of the row when the rest scrolls. The last column only. */
  pinned?: boolean;
  /** Whether the user has this column at all; left out for everybody. */
  isFor?: (tools: Tools) => boolean;
}

/** One filter. Its key is a parameter of the address, so it is never renamed: kept and shared addresses hold it. */
export interface FilterDefinition {
  /** The key of the message that names it. */
  label: string;
  kind: FilterField['kind'];
  /** Of the kinds `one` and `many`; left out where they come from `choices` of the list. */
  choices?: (tools: Tools) => readonly FilterChoice[];
  /** Whether the user has this filter at all; left out for everybody. */
  isFor?: (tools: Tools) => boolean;
}

interface Connection<Row> {
  nodes: Row[];
  pageInfo: PageInfo;
  totalCount?: number | null;
}

export interface ListDefinition<
  Data,
  Variables extends AnyVariables,
  Row extends { id: string },
  Sort extends string,
  Key extends string,
> {
  /** Names it in what is kept about it, such as the choice of columns: never renamed. */
  name: string;
  /** The key of the message that names it: in the tab of the browser and, unless `heading` is given, above the list. */
  title: string;
  /** The key of the message of the heading of a page that is one of several with the same heading. */
  heading?: string;
  /**
   * The page of the connection: takes first, after, last and before, and search, filter and sort where the list has them.
   * Nothing of it when the list is `whole`.
   */
  query: TypedDocumentNode<Data, Variables>;
  connection: (data: Data) => Connection<Row>;
  /** True for a list that is short by its nature and has no pages. */
  whole?: boolean;
  /** The types of the schema whose changes are read again; an empty list would not hear of them otherwise. */
  types: readonly string[];
  /** The key of the placeholder of the search field; without it the list has none. */
  search?: string;
  /** Every sort value that the list offers, the default first. A list with one order has none. */
  sorts?: readonly [Sort, ...Sort[]];
  /** The prefix of the messages of the sort values, as in `orders.sorts`. */
  sortMessages?: string;
  filters?: Record<Key, FilterDefinition>;
  /** Called in the setup of the page: choices of filters that are fetched. Each function is called while the page draws. */
  choices?: () => Partial<Record<Key, () => readonly FilterChoice[]>>;
  /** The API's filter for what is chosen. Values that the API does not know are left out: an old link still opens. */
  toFilter?: (chosen: Record<Key, string[]>) => object;
  columns: Record<string, ColumnDefinition<Row, Sort>>;
  /** The page of a row; left out when it has none. */
  rowTo?: (row: Row) => RouteLocationRaw;
  /** Whether its rows stand in a grid of cards, on a wide screen too. */
  isGrid?: boolean;
  /** A row on a phone; its columns one below the other unless given. */
  card?: (row: Row, tools: Tools) => VNodeChild;
  /** What stands in place of the rows before there are any. */
  empty: { icon: string; title: string; hint?: string };
  /** The file of what the list shows; left out where it has none. */
  exports?: ListExport;
  /** What can be done to many rows at once; rows can be chosen where the user has one of them. */
  bulk?: readonly BulkAction[];
  /** Called in the setup of the page: reads rows again when others change them. Every list is read again on return to it. */
  live?: (here: LiveList<Row, Sort, Key>) => void;
}

/** A list on the page, as `live` sees it. */
export interface LiveList<Row, Sort extends string, Key extends string> {
  readonly rows: Ref<readonly Row[]>;
  readonly state: Ref<ListState<Sort, Key>>;
  readonly isFirstPage: Ref<boolean>;
  readonly reload: () => Promise<void>;
  /** Sets a row off for a few seconds: it is new. */
  readonly mark: (id: string) => void;
}

export interface List<
  Data = unknown,
  Variables extends AnyVariables = AnyVariables,
  Row extends { id: string } = { id: string },
  Sort extends string = string,
  Key extends string = string,
> extends ListDefinition<Data, Variables, Row, Sort, Key> {
  /** What its address holds. */
  readonly spec: ListSpec<Sort, Key>;
}

/**
 * Describes a list of the admin once: `ListPage` draws it, with its search, filters, order, pages, columns, keyboard and
 * cards on a phone. `query` stands before `connection`, and both before what is given rows, so that their types are known.
 */
export function defineList<
  Data,
  Variables extends AnyVariables,
  Row extends { id: string },
  Sort extends string = never,
  Key extends string = never,
>(definition: ListDefinition<Data, Variables, Row, Sort, Key>): List<Data, Variables, Row, Sort, Key> {
  const sorts = definition.sorts ?? ([''] as unknown as readonly [Sort]);
  return {
    ...definition,
    spec: {
      sorts,
      defaultSort: sorts[0],
      filters: Object.keys(definition.filters ?? {}) as Key[],
    },
  };
}

/** The connection of a list that is short by its nature, and whole. */
export const wholeList = <Row>(nodes: Row[]): Connection<Row> => ({
  nodes,
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
});
