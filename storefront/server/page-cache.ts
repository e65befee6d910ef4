/** A cached response. */
export interface CachedPage {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
  /** False for responses that must not be cached. */
  mayBeKept: boolean;
}

const MOST_PAGES = 400;

/**
 * Caches public pages for some seconds, so that many requests for one page cost one render.
 *
 * Requests for a page that is being rendered wait for that render. Pages contain nothing about a visitor, so the
 * address is the whole key.
 */
export class PageCache {
  private readonly pages = new Map<string, { page: CachedPage; until: number }>();
  private readonly underWay = new Map<string, Promise<CachedPage>>();

  constructor(
    private readonly seconds: number,
    private readonly now: () => number = Date.now,
  ) {}

  async get(key: string, render: () => Promise<CachedPage>): Promise<CachedPage> {
    const kept = this.pages.get(key);
    if (kept && kept.until > this.now()) return kept.page;
    const waiting = this.underWay.get(key);
    if (waiting) return waiting;
    const rendering = render().finally(() => this.underWay.delete(key));
    this.underWay.set(key, rendering);
    const page = await rendering;
    this.keep(key, page);
    return page;
  }

  private keep(key: string, page: CachedPage): void {
    this.pages.delete(key);
    if (!page.mayBeKept || this.seconds === 0) return;
    this.pages.set(key, { page, until: this.now() + this.seconds * 1000 });
    const oldest = this.pages.keys().next().value;
    if (this.pages.size > MOST_PAGES && oldest !== undefined) this.pages.delete(oldest);
  }
}
