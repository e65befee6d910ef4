import type { Clock } from '../../kernel/clock.js';
import { ExpiringTokens } from '../../kernel/tokens.js';
import { PerShop } from '../../platform/graphql/per-shop.js';

const HOUR_MS = 3_600_000;

/**
 * The lifetime of an invoice's address: a page that was opened in the morning still prints its invoice in the
 * evening.
 */
const INVOICE_HOURS = 24;

/** Signed addresses of documents on this server: only their holder may read the document, and only for a while. */
export class DocumentLinks {
  private readonly invoices: ExpiringTokens;

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.invoices = new ExpiringTokens(secret, 'invoice');
  }

  invoice(id: string): string {
    // Expires on the hour, so that a page that asks again meanwhile gets the same address.
    const hour = Math.floor(this.clock.now().getTime() / HOUR_MS);
    return `/documents/invoices/${this.invoices.sign(id, new Date((hour + 1 + INVOICE_HOURS) * HOUR_MS))}`;
  }

  openInvoice(token: string): string | null {
    return this.invoices.open(token, this.clock.now());
  }
}

/** For the plain field functions of the type files. */
export const documentLinks = new PerShop<DocumentLinks>();
