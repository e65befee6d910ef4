export interface EmbeddedSettings {
  /** The data directory of the cluster; created by the first start. */
  readonly directory: string;
  /** `throwaway` trades durability for speed, and the cluster is deleted when it stops. */
  readonly keep: 'durable' | 'throwaway';
}

export const STOP_LIMIT_MS = 20_000;

// For a small machine and short statements: one process per statement, no JIT compilation.
export const COMMON = {
  listen_addresses: '127.0.0.1',
  // The server's own folder.
  unix_socket_directories: '.',
  max_connections: '100',
  shared_buffers: '128MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  io_method: 'sync',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Without the details of an error, which hold the row that failed: names, addresses, password hashes.
  log_error_verbosity: 'terse',
};

export const DURABLE = { synchronous_commit: 'on', max_wal_size: '512MB' };

export const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};
/** The environment of the server's programs: neither secrets nor PG* settings of the user. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  // eslint-disable-next-line no-restricted-properties -- the server's programs need the search path
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
