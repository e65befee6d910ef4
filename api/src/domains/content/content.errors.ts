import { defineErrors } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';

export const contentErrors = defineErrors({
  HTML_NOT_ALLOWED: 'The text has a tag or an attribute that pages do not show. The message names it.',
  UNKNOWN_FACT: 'The text names a fact in double braces that there is not. The message names it.',
  PAGE_REQUIRED: 'The shop needs this page: it cannot be archived, and it is not published empty.',
  PAGE_ARCHIVED: 'The page is archived. Take it back first.',
  NOTHING_TO_PUBLISH: 'The page has no draft: what is shown is what would be published.',
  TOO_MANY_PAGES: 'A shop has at most 200 pages, archived ones included.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof contentErrors, true> {}
}

export class HtmlNotAllowedError extends DomainError {
  constructor(what: string, path: readonly string[]) {
    super('HTML_NOT_ALLOWED', `Pages do not show ${what}.`, path);
  }
}

export class UnknownFactError extends DomainError {
  constructor(fact: string, path: readonly string[]) {
    super('UNKNOWN_FACT', `There is no fact {{${fact}}}.`, path);
  }
}

export class PageRequiredError extends DomainError {
  constructor() {
    super('PAGE_REQUIRED', 'The shop needs this page, with a text.', ['pageId']);
  }
}
