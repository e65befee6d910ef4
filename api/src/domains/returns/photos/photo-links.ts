import type { Clock } from '../../../kernel/clock.js';
import { ExpiringTokens } from '../../../kernel/tokens.js';
import { PerShop } from '../../../platform/graphql/per-shop.js';

const HOUR_MS = 3_600_000;

/**
 * Signed addresses of return photos: a viewer who may read the return gets one, and it opens the image for about an
 * hour.
 */
export class PhotoLinks {
  private readonly tokens: ExpiringTokens;

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.tokens = new ExpiringTokens(secret, 'return-photo');
  }

  url(photoId: string): string {
    // Expires on the hour, so that a page that asks again meanwhile gets the same address.
    const hour = Math.floor(this.clock.now().getTime() / HOUR_MS);
    return `/uploads/return-photos/${this.tokens.sign(photoId, new Date((hour + 2) * HOUR_MS))}`;
  }

  /** The photo's id, or null for a token that is too old or unknown. */
  open(token: string): string | null {
    return this.tokens.open(token, this.clock.now());
  }
}

/** For the plain field functions of the type files. */
export const photoLinks = new PerShop<PhotoLinks>();
