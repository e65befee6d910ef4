import type { FastifyInstance } from 'fastify';

/** The files that the page loads, by their name under /graphiql/. */
type Files = ReadonlyMap<string, { readonly type: string; readonly body: Buffer }>;

/*
 * The GraphiQL package holds its script, its styles and its three workers as texts: served from here, the explorer
 * needs neither a content delivery network nor an inline script.
 */
const START = `
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => '/graphiql/' + (label === 'editorWorkerService' ? 'editor' : label) + '.worker.js',
};
const welcome = [
  '# Vitrine, live. Sign in at /admin in this browser to see what staff sees.',
  '',
  '{',
  '  shop { name currency }',
  '  products(first: 5) {',
  '    nodes { name priceRange { min { decimal currency } } availability }',
  '  }',
  '}',
].join('\\n');
YogaGraphiQL.renderYogaGraphiQL(document.getElementById('graphiql'), {
  title: 'Vitrine',
  // Replaces the logo of the package's authors.
  logo: '<span></span>',
  endpoint: '/graphql',
  additionalHeaders: { 'x-vitrine-client': 'admin' },
  subscriptionsProtocol: 'WS',
  connectionParams: { client: 'admin' },
  defaultQuery: welcome,
  // A header may be a bearer token, so headers are forgotten with the page.
  shouldPersistHeaders: false,
});
`;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>GraphiQL · Vitrine</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/graphiql/graphiql.css" />
    <style>body { margin: 0; } #graphiql { height: 100dvh; }</style>
  </head>
  <body>
    <div id="graphiql">Loading…</div>
    <script src="/graphiql/graphiql.js"></script>
    <script src="/graphiql/start.js"></script>
  </body>
</html>`;

// The editor adds inline styles.
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self'; connect-src 'self' ws: wss:";

let files: Promise<Files> | null = null;

/** Loads 9 MB on the first request, because most processes never serve the explorer. */
function loadFiles(): Promise<Files> {
  files ??= import('@graphql-yoga/render-graphiql/graphiql').then((graphiql) => {
    const script = (body: string) => ({ type: 'text/javascript; charset=utf-8', body: Buffer.from(body) });
    return new Map([
      ['graphiql.js', script(graphiql.js)],
      ['graphiql.css', { type: 'text/css; charset=utf-8', body: Buffer.from(graphiql.css) }],
      ['editor.worker.js', script(graphiql.editorWorkerService)],
      ['json.worker.js', script(graphiql.jsonWorker)],
      ['graphql.worker.js', script(graphiql.graphqlWorker)],
    ]);
  });
  return files;
}

/** GraphiQL at /graphiql, with subscriptions over the shop's socket. */
export async function graphiqlRoutes(app: FastifyInstance): Promise<void> {
  app.get('/graphiql', (_request, reply) =>
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(PAGE),
  );
  app.get('/graphiql/start.js', (_request, reply) => reply.type('text/javascript').send(START));
  app.get<{ Params: { file: string } }>('/graphiql/:file', async (request, reply) => {
    const file = (await loadFiles()).get(request.params.file);
    if (!file) return reply.callNotFound();
    return reply.header('cache-control', 'public, max-age=86400').type(file.type).send(file.body);
  });
}
