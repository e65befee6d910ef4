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
