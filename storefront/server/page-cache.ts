/** What is kept of a page: enough to answer the next visitor. */
export interface CachedPage {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
  /** False for answers which must be made anew each time. */
  mayBeKept: boolean;
}

const MOST_PAGES = 400;

/**
 * Keeps public pages for some seconds, so that a rush on one page costs one render.
 *
 * Requests for a page that is just being rendered wait for that render. Pages are the same for everybody: nothing of
 * a visitor goes into one, so the address is the whole key.
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
