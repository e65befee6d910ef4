export interface ListColumn<Sort extends string = string> {
  key: string;
  label: string;
  align?: 'start' | 'end';
  /** The API's sort values that this header switches between; the first is the default. */
  sorts?: readonly [Sort, Sort] | readonly [Sort];
  /** Which of `sorts` is ascending, for the arrow and for screen readers. */
  ascending?: Sort;
  /** Cannot be hidden: it leads to the detail page. */
  required?: boolean;
  /** Hidden in a narrow window unless it is chosen. */
  wideOnly?: boolean;
  /** Hidden unless it is chosen. */
  hidden?: boolean;
  /** The header is for screen readers only: the cells say what they are. */
  hidesHeader?: boolean;
  /** Stays visible at the end of the row when the rest scrolls. The last column only. */
  pinned?: boolean;
}

export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor?: string | null;
  endCursor?: string | null;
}

export interface FilterChoice {
  value: string;
  label: string;
}

export interface FilterField {
  key: string;
  label: string;
  kind: 'many' | 'one' | 'date' | 'price';
  choices?: FilterChoice[];
}

export interface FilterChip {
  key: string;
  value: string;
  text: string;
}
