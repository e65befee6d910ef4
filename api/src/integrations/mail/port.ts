export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Our id of this mail: the provider stores it, so that a lost response can be looked up. */
  readonly key: string;
}

/** The mail will never be accepted as it is (unknown recipient, refused content). */
export class MailRejectedError extends Error {}

/** The mail was not sent; a later attempt may succeed (rate limit, server down). */
export class MailUnavailable extends Error {}

/** The response was lost: the mail may have been sent. `find` looks it up, perhaps only after a while. */
export class MailOutcomeUnknown extends Error {}

export interface MailProvider {
  readonly name: 'postmark' | 'smtp' | 'inbox';
  /** Returns the provider's message id. @throws MailRejectedError | MailUnavailable | MailOutcomeUnknown */
  send(mail: Mail): Promise<string>;
  /** The message id of an earlier mail with this key, or null if the provider has none (or cannot look it up). */
  find(key: string): Promise<string | null>;
}

/** A mail that the provider had accepted and that will not arrive. */
export interface MailBounce {
  /** The provider's id of the mail. */
  readonly messageId: string;
  /** Our own id of the mail as the provider stored it; null if it was not reported. */
  readonly key: string | null;
  /** The kind of bounce; never the recipient's address. */
  readonly reason: string;
}

/** How a mail service reports mails that did not arrive: POST /webhooks/<name>. */
export interface MailWebhook {
  readonly name: string;
  /** Whether a request with this Authorization header comes from the service. */
  isAuthentic(authorization: string | undefined): boolean;
  /** The bounce in a request's body, which is JSON or null; null for any other report. */
  bounceOf(body: unknown): MailBounce | null;
}
