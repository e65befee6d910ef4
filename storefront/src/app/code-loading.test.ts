import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCodeLoadingError, recover } from './code-loading';
import { makeNotices } from './notices';

const page = (entry: string): string => `<script type="module" src="/assets/index-${entry}.js"></script>`;

function serve(html: string | Error): void {
  vi.stubGlobal('fetch', async () => {
    if (html instanceof Error) throw html;
    return new Response(html);
  });
}

describe('code that did not arrive', () => {
  const assign = vi.fn();
  beforeEach(() => {
    sessionStorage.clear();
    assign.mockReset();
    vi.spyOn(location, 'assign').mockImplementation(assign);
    const entry = { src: 'http://shop.test/assets/index-old1234.js' } as HTMLScriptElement;
    vi.spyOn(document, 'querySelector').mockReturnValue(entry);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('loads the page anew once when a deploy replaced its code', async () => {
    serve(page('new5678'));
    const notices = makeNotices();
    await recover(notices, '/cart');
    await recover(notices, '/cart');
    expect(assign.mock.calls).toEqual([['/cart']]);
    expect(notices.current.value).toBe('part');
  });

  it('tells the buyer when the connection is gone', async () => {
    serve(new TypeError('Failed to fetch'));
    const notices = makeNotices();
    await recover(notices);
    expect(assign).not.toHaveBeenCalled();
    expect(notices.current.value).toBe('part');
  });

  it('tells the buyer when the same code is still on the server but does not come', async () => {
    serve(page('old1234'));
    const notices = makeNotices();
    await recover(notices);
    expect(assign).not.toHaveBeenCalled();
    expect(notices.current.value).toBe('part');
  });

  it('does not load anew where nothing can remember that it did', async () => {
    serve(page('new5678'));
    vi.spyOn(globalThis, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const notices = makeNotices();
    await recover(notices);
    expect(assign).not.toHaveBeenCalled();
    expect(notices.current.value).toBe('part');
  });

  it.each([
    'Failed to fetch dynamically imported module: https://shop.test/assets/CartDrawer-x.js',
    'error loading dynamically imported module: https://shop.test/assets/CartDrawer-x.js',
    'Importing a module script failed.',
    'Unable to preload CSS for /assets/CartDrawer-x.css',
  ])('knows the words of every browser: %s', (message) => {
    expect(isCodeLoadingError(new TypeError(message))).toBe(true);
    expect(isCodeLoadingError(new TypeError('x is not a function'))).toBe(false);
  });
});
