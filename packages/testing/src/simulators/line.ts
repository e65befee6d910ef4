import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A TCP proxy to a local server that can fail in the ways in which networks do. */
export interface Line {
  readonly port: number;
  /** The number of connection attempts so far. */
  readonly attempts: number;
  /** Ends every connection and refuses new ones, as when the server is down. */
  cut: () => void;
  /** Passes no data any more without closing, as when a cable is pulled; new connections hang likewise. */
  freeze: () => void;
  /** Ends every connection once; new ones are accepted. */
  drop: () => void;
  /** Accepts new connections again and ends those that were frozen. */
  mend: () => void;
  close: () => Promise<void>;
}

type State = 'whole' | 'cut' | 'frozen';

/** What the server sends arrives `delayMs` later: as over a long line. */
export async function openLine(
  target: { host?: string; port: number },
  { delayMs = 0 }: { readonly delayMs?: number } = {},
): Promise<Line> {
  const ends = new Set<Socket>();
  let state: State = 'whole';
  let attempts = 0;

  const keep = (end: Socket): Socket => {
    ends.add(end);
    return end.on('error', () => end.destroy()).once('close', () => ends.delete(end));
  };
  const server: Server = createServer((near) => {
    attempts += 1;
    keep(near);
    if (state === 'cut') return near.destroy();
    if (state === 'frozen') return;
    const far = keep(connect(target.port, target.host ?? 'localhost'));
    near.pipe(far);
    if (delayMs === 0) far.pipe(near);
    // Timers of one length end in the order in which they began.
    else far.on('data', (data) => setTimeout(() => near.writable && near.write(data), delayMs));
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  const drop = (): void => ends.forEach((end) => end.destroy());

  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get attempts() {
      return attempts;
    },
    drop,
    cut() {
      state = 'cut';
      drop();
    },
    freeze() {
      state = 'frozen';
      for (const end of ends) end.unpipe().pause();
    },
    mend() {
      if (state === 'frozen') drop();
      state = 'whole';
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The URL of a database through the line, which a socket in a folder would pass by. */
export function throughLine(databaseUrl: string, line: Pick<Line, 'port'>): string {
  const url = new URL(databaseUrl);
  url.port = String(line.port);
  url.searchParams.delete('host');
  return url.href;
}
