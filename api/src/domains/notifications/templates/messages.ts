/** What the words of a notice are made of: everything written as it is read, on one line. */
export interface NoticeData {
  readonly number: string;
  readonly firstName: string;
  readonly amount: string;
  readonly dueAt: string | null;
  readonly reference: string;
}

/** The words of one notice in one language. */
export interface NoticeMessages {
  readonly subject: (details: NoticeData) => string;
  readonly title: (details: NoticeData) => string;
  /** The sentences, a paragraph each. */
  readonly text: (details: NoticeData) => string[];
  readonly button: string;
}

/** What the words of an alert are made of. */
export interface AlertData {
  readonly subject: string;
  readonly amount: string;
  readonly count: number;
  readonly detail: string;
  readonly dueAt: string | null;
}

/** The words of one alert in one language. */
export interface AlertMessages {
  /** The heading, and the subject as well. */
  readonly title: (details: AlertData) => string;
  readonly text: (details: AlertData) => string;
  readonly button: string;
}
