import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import sirv from 'sirv';
import { addToCart, isAdding, withPlainCart } from './cart-without-scripts';
import { answerInsteadOfNode, faultOfHost, NO_PAGE, refuse } from './early-answers';
import { pageInstead } from './early-forms';
import { manifestJson, robotsText, sitemapXml } from './machine-pages';
import { isFile, missingFile } from './missing-files';
import { PageCache, type CachedPage } from './page-cache';
import { drawPage, type RendererDeps } from './page-renderer';
import { Pages } from './pages';
import { isDraining, makeClosable } from './closing';
import { alwaysSent } from './policy';
import { makePreloads } from './preloads';
import { passOn, passOnUpgrade } from './proxy';
import { endSlowBody, REQUEST_TIMES, type RequestTimes } from './request-times';
import type { Settings } from './settings';
import { isWordsFile, ShopWords } from './shop-words';
import { belongsToApi, readTarget } from './target';

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

type Serve = (request: IncomingMessage, response: ServerResponse) => void;
type Serving = RequestTimes & { isStopping: () => boolean };

/** The whole storefront on one port: files, pages, and the API under the same origin. */
export function makeStorefront(
  settings: Settings,
  clientFolder: string,
  times: RequestTimes = REQUEST_TIMES,
): Server {
  const serve = makeServe(settings, clientFolder, { ...times, isStopping: () => isDraining(server) });
  const server: Server = createServer({ ...times, requireHostHeader: false }, (request, response) => {
    try {
      const fault = faultOfHost(request);
      if (fault) send(response, request, plain(400, fault));
      else serve(request, response);
    } catch (failure) {
      breakOff(response, failure);
    }
  });
  makeClosable(server);
  answerInsteadOfNode(server);
  passOnSockets(server, settings);
  return server;
}

function makeServe(settings: Settings, clientFolder: string, { formTimeout, isStopping }: Serving): Serve {
  const deps: RendererDeps = {
    template: readFileSync(join(clientFolder, 'index.html'), 'utf8'),
    apiUrl: settings.apiUrl,
    origin: settings.origin,
    cacheSeconds: settings.pageCacheSeconds,
    preloads: makePreloads(clientFolder),
    words: new ShopWords(settings.apiUrl),
  };
  const kept = new PageCache(settings.pageCacheSeconds);
  const pages = new Pages(kept, (address) => drawPage(address, deps));
  const files = filesOf(clientFolder);

  return function serve(request: IncomingMessage, response: ServerResponse): void {
    const target = readTarget(request.url);
    if (!target) return send(response, request, plain(400, 'This address cannot be.'));
    const path = target.pathname;
    // After one page over https, browsers must load pages over https only.
    if (settings.isProduction && settings.origin.startsWith('https:')) requireHttps(response);
    if (!path.startsWith('/uploads/')) endSlowBody(request, response, formTimeout);
    if (belongsToApi(path)) return passOn(settings, target, request, response);
    if (isAdding(request, path))
      return answerWith(response, answerForm(settings, { request, response, path }));
    const instead = pageInstead(request.method, target);
    if (instead) {
      request.resume();
      return send(response, request, moved(303, instead, { 'cache-control': 'no-store' }));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(response, request, plain(405, 'Method not allowed'));
    if (path === '/health') return send(response, request, health(isStopping()));
    if (path === '/robots.txt') return send(response, request, plain(200, robotsText(settings.origin)));
    if (isTemplate(path)) return send(response, request, moved(301, '/'));
    files(request, response, () =>
      answerWith(response, answer(request, response, `${path}${target.search}`)),
    );
  };

  async function answer(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    if (url === '/sitemap.xml') return send(response, request, await kept.get(url, () => sitemap(settings)));
    if (url === '/manifest.webmanifest')
      return send(response, request, await kept.get(url, () => manifest(settings)));
    const [path = ''] = url.split('?', 1);
    if (isWordsFile(path)) return send(response, request, await deps.words.file(path));
    if (isFile(path)) return send(response, request, await kept.get(path, () => missingFile(settings, path)));
    const page = await pages.at(url);
    send(
      response,
      request,
      await withPlainCart(page, { passage: settings, request, url, words: deps.words }),
    );
  }
}

/** The files of the build. */
function filesOf(clientFolder: string): ReturnType<typeof sirv> {
  return sirv(clientFolder, {
    // Without this the raw template would be served at "/".
    extensions: [],
    dotfiles: false,
    // The build writes a compressed copy beside each text file.
    brotli: true,
    gzip: true,
    setHeaders: setFileHeaders,
  });
}

/** Whether the file with this path is the template of all pages, which is no page itself; files have decoded names. */
function isTemplate(path: string): boolean {
  return path.replace(/%[2-7][\da-f]/gi, (code) => decodeURIComponent(code)) === '/index.html';
}

async function answerForm(
  settings: Settings,
  { request, response, path }: { request: IncomingMessage; response: ServerResponse; path: string },
): Promise<void> {
  send(response, request, await addToCart(settings, request, path));
}

function passOnSockets(server: Server, settings: Settings): void {
  server.on('upgrade', (request, socket, head) => {
    // Node removes its error listener after the upgrade, and an unhandled socket error would end the process.
    socket.on('error', () => socket.destroy());
    const target = faultOfHost(request) ? null : readTarget(request.url);
    try {
      if (target?.pathname === '/graphql') passOnUpgrade(settings, target, { request, socket, head });
      else refuse(socket, target ? 404 : 400);
    } catch (failure) {
      breakOff(socket, failure);
    }
  });
}

const sitemap = ({ apiUrl, origin }: Settings): Promise<CachedPage> =>
  forMachines('application/xml; charset=utf-8', () => sitemapXml(apiUrl, origin));
const manifest = ({ apiUrl }: Settings): Promise<CachedPage> =>
  forMachines('application/manifest+json; charset=utf-8', () => manifestJson(apiUrl));

async function forMachines(contentType: string, write: () => Promise<string>): Promise<CachedPage> {
  try {
    const headers = { ...NO_PAGE, 'content-type': contentType, 'cache-control': 'public, max-age=600' };
    return { status: 200, headers, body: await write(), mayBeKept: true };
  } catch {
    return plain(502, 'The shop is not answering.');
  }
}

function moved(status: number, location: string, headers = {}): CachedPage {
  return { ...plain(status, ''), headers: { ...NO_PAGE, ...headers, location } };
}

const health = (isStopping: boolean): CachedPage => (isStopping ? plain(503, 'stopping') : plain(200, 'ok'));

function plain(status: number, body: string): CachedPage {
  const headers = { ...NO_PAGE, 'content-type': 'text/plain; charset=utf-8' };
  return { status, headers, body, mayBeKept: false };
}

function setFileHeaders(response: ServerResponse, path: string): void {
  for (const [name, value] of Object.entries(alwaysSent)) response.setHeader(name, value);
  // Only files with a hash in their name are immutable.
  const isHashed = path.startsWith('/assets/');
  response.setHeader(
    'cache-control',
    isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
  );
}

/** Headers that browsers honour over https only. The popup of a bank for a card payment keeps its opener. */
function requireHttps(response: ServerResponse): void {
  response.setHeader('strict-transport-security', 'max-age=31536000');
  response.setHeader('cross-origin-opener-policy', 'same-origin-allow-popups');
}

function answerWith(response: ServerResponse, answering: Promise<void>): void {
  answering.catch((failure: unknown) => breakOff(response, failure));
}

/** Ends one failed response, so that the process continues for all other visitors. */
function breakOff(connection: ServerResponse | Duplex, failure: unknown): void {
  console.error('A request failed:', failure);
  connection.destroy();
}

function send(response: ServerResponse, request: IncomingMessage, page: CachedPage): void {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const sent = compressed(page.body, accepted).then(({ body, encoding }) => {
    response.writeHead(page.status, {
      ...page.headers,
      vary: 'accept-encoding',
      ...(encoding ? { 'content-encoding': encoding } : {}),
      'content-length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  answerWith(response, sent);
}

async function compressed(text: string, accepted: string): Promise<{ body: Buffer; encoding?: string }> {
  const plainBody = Buffer.from(text);
  if (plainBody.length < 1400) return { body: plainBody };
  if (accepted.includes('br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
    return { body: await brotlied(plainBody, { params }), encoding: 'br' };
  }
  return accepted.includes('gzip')
    ? { body: await gzipped(plainBody), encoding: 'gzip' }
    : { body: plainBody };
}
