import { spawn } from 'node:child_process';
import { root } from './runtime.mjs';

/** A command that failed; its output is the message. */
export class CommandError extends Error {}

const running = new Set();

/** Says what is being done, and in the end how long it took. */
export async function step(title, work) {
  const began = performance.now();
  console.log(`  ${title} ...`);
  const result = await work();
  console.log(`  ${title}: done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

/** Runs a program quietly and answers its output. @throws CommandError with everything it printed */
export async function run(command, options = [], { env = process.env, cwd = root } = {}) {
  const child = spawn(command, options, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  running.delete(child);
  if (code !== 0) throw new CommandError(`${[command, ...options].join(' ')} failed:\n${output.trim()}`);
  return output;
}

/** For a start that is broken off while something is being built. */
export function stopCommands() {
  for (const child of running) child.kill('SIGTERM');
}
