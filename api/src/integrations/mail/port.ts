export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Our id of this mail: the provider keeps it, so that a lost answer can be looked up. */
  readonly key: string;
}

/** The mail will never be accepted as it is (unknown recipient, refused content). */
export class MailRejectedError extends Error {}

/** Nothing was sent; later it may work (rate limit, server down). */
export class MailUnavailable extends Error {}

/** The answer got lost: it may have been sent. `find` tells, perhaps after a while. */
export class MailOutcomeUnknown extends Error {}

export interface MailProvider {
  readonly name: 'postmark' | 'smtp' | 'inbox';
  /** The provider's message id. @throws MailRejectedError | MailUnavailable | MailOutcomeUnknown */
  send(mail: Mail): Promise<string>;
  /** The message id of an earlier mail with this key, or null when the provider knows none (or cannot tell). */
  find(key: string): Promise<string | null>;
}
