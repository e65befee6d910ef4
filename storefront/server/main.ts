import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeInOrder } from './closing';
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
      void closeInOrder(server, { drainMs: settings.drainSeconds * 1_000 }).then(() => process.exit(0));
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
