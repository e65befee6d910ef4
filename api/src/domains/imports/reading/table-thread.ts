import { parentPort, workerData } from 'node:worker_threads';
import { readTable } from './read-table.js';
import { Unreadable, type RequestedReading } from './table.js';

/** The thread in which a file is read: see `table-reader.ts`. */
const { bytes, requested } = workerData as { bytes: Uint8Array; requested: RequestedReading };

try {
  parentPort!.postMessage({ table: await readTable(bytes, requested) });
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  parentPort!.postMessage({ refused: error.code });
}
