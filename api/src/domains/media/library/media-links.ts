import type { Clock } from '../../../kernel/clock.js';
import { ExpiringTokens } from '../../../kernel/tokens.js';

const HOUR_MS = 3_600_000;

/** Signed addresses of private files: staff who may see the library get one, and it opens the file for an hour or two. */
export class MediaLinks {
  private readonly tokens: ExpiringTokens;

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.tokens = new ExpiringTokens(secret, 'private-media');
  }

  url(id: string, width: number | null): string {
    // Expires on the hour, so that a page that asks again meanwhile gets the same address.
    const hour = Math.floor(this.clock.now().getTime() / HOUR_MS);
    const path = `/uploads/private-media/${this.tokens.sign(id, new Date((hour + 2) * HOUR_MS))}`;
    return width === null ? path : `${path}?width=${width}`;
  }

  /** The file's id, or null for a token that is too old or unknown. */
  open(token: string): string | null {
    return this.tokens.open(token, this.clock.now());
  }
}
