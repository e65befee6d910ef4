/** A cached response. */
export interface CachedPage {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
  /** False for responses that must not be cached. */
  mayBeKept: boolean;
  /** What the parameters of its address may say: each name with its values. Absent where the page reads none. */
  values?: Readonly<Record<string, readonly string[]>>;
}

const MOST_PAGES = 400;
/** Of pages that do not exist there are as many as anybody invents, so they must not displace those that do. */
const MOST_OTHERS = 200;

interface Kept {
  readonly page: CachedPage;
  readonly until: number;
}

/**
 * Caches public pages for some seconds, so that many requests for one page cost one render.
 *
 * Requests for a page that is being rendered wait for that render. Pages contain nothing about a visitor, so the
 * address is the whole key.
 */
export class PageCache {
  private readonly pages = new Map<string, Kept>();
  private readonly others = new Map<string, Kept>();
  private readonly underWay = new Map<string, Promise<CachedPage>>();

  constructor(
    private readonly seconds: number,
    private readonly now: () => number = Date.now,
  ) {}

  async get(key: string, render: () => Promise<CachedPage>): Promise<CachedPage> {
    const kept = this.pages.get(key) ?? this.others.get(key);
    if (kept && kept.until > this.now()) return kept.page;
    const waiting = this.underWay.get(key);
    if (waiting) return waiting;
    const rendering = render().finally(() => this.underWay.delete(key));
    this.underWay.set(key, rendering);
    const page = await rendering;
    this.storePage(key, page);
    return page;
  }

  private storePage(key: string, page: CachedPage): void {
    this.pages.delete(key);
    this.others.delete(key);
    if (!page.mayBeKept || this.seconds === 0) return;
    const [place, most] = page.status === 200 ? [this.pages, MOST_PAGES] : [this.others, MOST_OTHERS];
    place.set(key, { page, until: this.now() + this.seconds * 1000 });
    const oldest = place.keys().next().value;
    if (place.size > most && oldest !== undefined) place.delete(oldest);
  }
}
