/** What the words of a notice are made of: everything written as it is read, on one line. */
export interface NoticeFacts {
  readonly number: string;
  readonly firstName: string;
  readonly amount: string;
  readonly dueAt: string | null;
  readonly reference: string;
}

/** The words of one notice in one language. */
export interface NoticeWords {
  readonly subject: (facts: NoticeFacts) => string;
  readonly title: (facts: NoticeFacts) => string;
  /** The sentences, a paragraph each. */
  readonly text: (facts: NoticeFacts) => string[];
  readonly button: string;
}

/** What the words of an alert are made of. */
export interface AlertFacts {
  readonly subject: string;
  readonly amount: string;
  readonly count: number;
  readonly detail: string;
  readonly dueAt: string | null;
}

/** The words of one alert in one language. */
export interface AlertWords {
  /** The heading, and the subject as well. */
  readonly title: (facts: AlertFacts) => string;
  readonly text: (facts: AlertFacts) => string;
  readonly button: string;
}
