export interface ListColumn<Sort extends string = string> {
  key: string;
  label: string;
  align?: 'start' | 'end';
  /** The sort words of the API this header switches between; the first is taken first. */
  sorts?: readonly [Sort, Sort] | readonly [Sort];
  /** Which of `sorts` runs upward, for the arrow and for screen readers. */
  ascending?: Sort;
  /** Cannot be hidden: it leads to the detail page. */
  required?: boolean;
  width?: string;
  /** Left out of the table until the window is wide, or somebody asks for it: what a small laptop has no room for. */
  wideOnly?: boolean;
  /** The header is for screen readers only: the cells say what they are. */
  hidesLabel?: boolean;
  /** Stays in sight at the end of the row when the rest has to scroll. The last column only. */
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
