import { readFile } from 'node:fs/promises';
import { embeddedUrl } from './url.js';

// Lines of postmaster.pid, which the server writes when it starts and removes when it stops.
const PID_LINE = 0;
const PORT_LINE = 3;

/**
 * The URL of a database of the built-in PostgreSQL that another process runs now, by the folder that was asked for;
 * null where none runs. Commands find the database of a running `npm start` by it.
 */
export async function runningEmbedded(wanted: string, database: string): Promise<string | null> {
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
  // `reachableFolder` notes there where it keeps the data instead.
  const directory = (await read(`${wanted}.elsewhere`)).trim() || wanted;
  const lines = (await read(`${directory}/postmaster.pid`)).split('\n');
  const password = (await read(`${directory}.password`)).trim();
  const pid = Number(lines[PID_LINE]);
  const port = Number(lines[PORT_LINE]);
  if (password === '' || !(port > 0) || !isRunning(pid)) return null;
  return embeddedUrl({ directory, port, password }, database);
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // A process of another account, which may be seen but not signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
