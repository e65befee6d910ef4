/** The values in a notice's messages, formatted, each on one line. */
export interface NoticeData {
  readonly number: string;
  readonly firstName: string;
  readonly amount: string;
  readonly dueAt: string | null;
  readonly reference: string;
}

/** The messages of one notice in one language. */
export interface NoticeMessages {
  readonly subject: (details: NoticeData) => string;
  readonly title: (details: NoticeData) => string;
  /** The sentences, a paragraph each. */
  readonly text: (details: NoticeData) => string[];
  readonly button: string;
}

/** The values in an alert's messages. */
export interface AlertData {
  readonly subject: string;
  readonly amount: string;
  readonly count: number;
  readonly detail: string;
  readonly dueAt: string | null;
}

/** The messages of one alert in one language. */
export interface AlertMessages {
  /** The heading, and the subject as well. */
  readonly title: (details: AlertData) => string;
  readonly text: (details: AlertData) => string;
  readonly button: string;
}
