import './ui/base.css';
import { createHead, transformHtmlTemplate } from '@unhead/vue/server';
import { renderToString } from 'vue/server-renderer';
import { languageOfPath, movedTo } from './app/messages/language';
import { makeApp } from './app/create-app';
import { NOTE_CLICKS } from './app/early/clicks';
import { withoutSlash } from './app/without-slash';

export interface RenderRequest {
  /** The requested path and query. */
  url: string;
  apiUrl: string;
  origin: string;
  template: string;
  preloads: (modules: ReadonlySet<string>) => string;
  fetch: typeof fetch;
}

export interface RenderedPage {
  status: number;
  redirect: string | null;
  isPrivate: boolean;
  /** What the parameters of the page's address may say: each name with its values. Null where the page reads none. */
  values: Record<string, string[]> | null;
  html: string;
}

const MOVED = { status: 301, isPrivate: false, values: null, html: '' };

/** Renders one page anonymously, without cookies. */
export async function renderPage(request: RenderRequest): Promise<RenderedPage> {
  const redirect = withoutSlash(request.url);
  if (redirect) return { ...MOVED, redirect };
  const head = createHead({ disableDefaults: true });
  const { app, router, ssr, response, shop } = await makeApp({
    apiUrl: request.apiUrl,
    language: languageOfPath(request.url),
    origin: request.origin,
    head,
    fetch: request.fetch,
  });
  await router.push(request.url);
  await router.isReady();
  // Not for ever: the shop may offer the language again.
  const elsewhere = movedTo(request.url, shop.value);
  if (elsewhere) return { ...MOVED, status: 302, redirect: elsewhere };

  const context: { modules?: Set<string> } = {};
  const body = await renderToString(app, context);
  const state = { origin: request.origin, queries: ssr.extractData() };
  // Replacer functions, because a product called "$&" would be expanded in a plain replacement string.
  const filled = request.template
    .replace('<!--app-->', () => body)
    .replace('<!--early-->', () => `<script>${NOTE_CLICKS}</script>`)
    .replace('<!--preload-->', () => request.preloads(context.modules ?? new Set()))
    .replace(
      '<!--state-->',
      () => `<script type="application/json" id="page-state">${inScript(state)}</script>`,
    );
  return { ...response, html: transformHtmlTemplate(head, filled) };
}

/** JSON that is safe inside a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
