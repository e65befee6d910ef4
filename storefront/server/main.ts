import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSettings, SettingsError, type Settings } from './settings';
import { assertBuilt, listenProblem } from './start-problems';
import { makeStorefront } from './storefront-server';

const clientFolder = join(dirname(fileURLToPath(import.meta.url)), '../client');

function start(settings: Settings): void {
  assertBuilt(clientFolder);
  const server = makeStorefront(settings, clientFolder);
  server.on('error', (failure: NodeJS.ErrnoException) => {
    console.error(listenProblem(failure.code ?? failure.message, settings));
    process.exit(1);
  });
  server.listen(settings.port, settings.host, () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : settings.port;
    console.log(`Storefront on http://localhost:${port}, API at ${settings.apiUrl.origin}`);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeIdleConnections();
      // Open sockets would keep the server alive for as long as a visitor leaves a page open.
      setTimeout(() => process.exit(0), 1000).unref();
    });
  }
}

try {
  start(readSettings(process.env));
} catch (failure) {
  if (!(failure instanceof SettingsError)) throw failure;
  console.error(failure.message);
  process.exit(1);
}
