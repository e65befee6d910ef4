// Who is running: locks that survive a crash, and processes known by more than their number.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process by number and time of birth, because numbers come round again. */
export function identify(pid) {
  return { pid, born: birthOf(pid) };
}

export function isAlive({ pid, born }) {
  return born !== null && birthOf(pid) === born;
}

/**
 * The npm that runs us, with the shell it may have put in between; empty where that cannot be told.
 *
 * When they are gone, nobody is left who could stop us.
 */
export function ancestorsUpToNpm() {
  if (process.platform !== 'linux' || !process.env.npm_lifecycle_event) return [];
  const parent = process.ppid;
  const command = readFileSync(`/proc/${parent}/cmdline`, 'utf8');
  const isShell = command.includes('scripts/start.mjs');
  return (isShell ? [parent, parentOf(parent)] : [parent]).map(identify);
}

const statOf = (pid) => {
  // After the name in parentheses, which may hold anything: the state first, then the parent, the start time as the 20th.
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};
const parentOf = (pid) => Number(statOf(pid)[1]);

/** Null for a process that is gone or only waits to be buried. */
function birthOf(pid) {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
    const fields = statOf(pid);
    return fields[0] === 'Z' || fields[0] === 'X' ? null : fields[19];
  } catch {
    return null;
  }
}

/** Waits for its turn, and answers the function that gives the lock back. */
export async function holdLock(file) {
  for (let waited = false; ; waited = true) {
    const holder = await take(file);
    if (!holder) return () => rm(file, { force: true });
    if (!waited) console.log(`  Waiting for another build to finish (process ${holder.owner.pid}) ...`);
    await sleep(300);
  }
}

/**
 * Takes the data folder for this process, after ending whatever a crashed start left running on it.
 *
 * @throws Error in one sentence when a living instance has it, or nothing can be written there
 */
export async function claimDataFolder(file, folder) {
  const holder = await take(file, endLeftovers).catch((error) => {
    const sentence = dataFolderProblem(error, folder);
    throw sentence ? new Error(sentence) : error;
  });
  if (holder) {
    throw new Error(
      `The data folder ${folder} belongs to a Vitrine that is running (process ${holder.owner.pid}): stop it, or set DATA_DIR to another folder.`,
    );
  }
  return {
    /** Recorded so that the next start can end it, should this process be killed. */
    record: async (children) =>
      replace(file, { owner: identify(process.pid), children: children.map(identify) }),
    release: () => rmSync(file, { force: true }),
  };
}

/** Null when the file is ours now, otherwise what its living owner wrote. */
async function take(file, onAbandoned = async () => undefined) {
  await makeFolder(dirname(file));
  for (;;) {
    try {
      await writeFile(file, JSON.stringify({ owner: identify(process.pid), children: [] }), { flag: 'wx' });
      return null;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const found = await readRecord(file);
    if (found && isAlive(found.owner)) return found;
    if (found) await onAbandoned(found.children);
    // Of two that find it abandoned, one renames it and the other comes round again.
    const aside = `${file}.${process.pid}`;
    await rename(file, aside).catch(() => undefined);
    await rm(aside, { force: true });
  }
}

async function readRecord(file) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return JSON.parse(await readFile(file, 'utf8'));
    } catch {
      // Being written at this moment, or cut off by a crash.
      await sleep(50);
    }
  }
  return null;
}

async function replace(file, content) {
  await writeFile(`${file}.next`, JSON.stringify(content));
  await rename(`${file}.next`, file);
}

/** They notice their parent's death by themselves; the signals are for one that hangs. */
async function endLeftovers(children) {
  for (const signal of [null, 'SIGTERM', 'SIGKILL']) {
    for (const child of children) if (signal && isAlive(child)) process.kill(child.pid, signal);
    for (let waited = 0; waited < 3_000 && children.some(isAlive); waited += 50) await sleep(50);
  }
}

/**
 * Makes a folder with all that it is in. Node's own `recursive` never ends below a folder in which nothing can be made,
 * such as /proc.
 */
async function makeFolder(folder) {
  const found = await stat(folder).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (found?.isDirectory()) return;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error) => {
    if (found || error.code !== 'EEXIST') throw error;
  });
}

/** The sentence for a data folder in which nothing can be written; null for other failures. */
function dataFolderProblem({ code, syscall, path }, folder) {
  if (!path || !['open', 'mkdir', 'stat', 'rename'].includes(syscall)) return null;
  return `The data folder ${folder} cannot be used (${code}): set DATA_DIR to a folder that this account can write to.`;
}

/** @throws Error in one sentence when something listens there already */
export async function requireFreePort({ port, host, variable, use }) {
  const probe = createServer();
  try {
    await new Promise((resolve, reject) =>
      probe.once('error', reject).listen({ port, host, exclusive: true }, resolve),
    );
  } catch (error) {
    if (error.code === 'EACCES')
      throw new Error(
        `Port ${port} (${use}) needs more rights than this account has: set ${variable} to a number above 1023.`,
      );
    if (error.code !== 'EADDRINUSE')
      throw new Error(
        `The ${use} cannot listen at ${host} (${error.code}): set ${variable.replace('PORT', 'HOST')} to an address of this machine.`,
      );
    throw new Error(
      `Port ${port} (${use}) is taken by another program: stop that one, or set ${variable} to another number.`,
    );
  }
  await new Promise((resolve) => probe.close(resolve));
}
