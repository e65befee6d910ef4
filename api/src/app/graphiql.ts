import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const require = createRequire(import.meta.url);
const at = (name: string, file: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), file);

// From the installed packages: no content delivery network is asked for anything.
const FILES = new Map(
  Object.entries({
    'react.js': { path: at('react', 'umd/react.production.min.js'), type: 'text/javascript' },
    'react-dom.js': { path: at('react-dom', 'umd/react-dom.production.min.js'), type: 'text/javascript' },
    'graphiql.js': { path: at('graphiql', 'graphiql.min.js'), type: 'text/javascript' },
    'graphiql.css': { path: at('graphiql', 'graphiql.min.css'), type: 'text/css' },
  }),
);

const START = `
const { GraphiQL, React, ReactDOM } = window;
const socketUrl = location.origin.replace(/^http/, 'ws') + '/graphql';
const fetcher = GraphiQL.createFetcher({
  url: '/graphql',
  subscriptionUrl: socketUrl,
  headers: { 'x-vitrine-client': 'admin' },
  wsConnectionParams: { client: 'admin' },
});
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
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultQuery: welcome, defaultEditorToolsVisibility: true }),
);
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
    <script src="/graphiql/react.js"></script>
    <script src="/graphiql/react-dom.js"></script>
    <script src="/graphiql/graphiql.js"></script>
    <script src="/graphiql/start.js"></script>
  </body>
</html>`;

const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:";

/** GraphiQL at /graphiql. */
export async function graphiqlRoutes(app: FastifyInstance): Promise<void> {
  app.get('/graphiql', (_request, reply) =>
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(PAGE),
  );
  app.get('/graphiql/start.js', (_request, reply) => reply.type('text/javascript').send(START));
  app.get<{ Params: { file: string } }>('/graphiql/:file', async (request, reply) => {
    const file = FILES.get(request.params.file);
    if (!file) return reply.callNotFound();
    return reply
      .header('cache-control', 'public, max-age=86400')
      .type(file.type)
      .send(await readFile(file.path));
  });
}
