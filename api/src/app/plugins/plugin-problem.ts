import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../kernel/project-root.js';
import { StartProblem } from '../../kernel/start-problem.js';

/**
 * One sentence for a fault in code that is not the shop's own: what could not be done, why, and the file and line. A
 * StartProblem says by itself what is wrong and is passed on as it is.
 */
export function pluginProblem(what: string, error: unknown): StartProblem {
  if (error instanceof StartProblem) return error;
  const reason = (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, ' ');
  const place = placeOf(error);
  return new StartProblem(`${what}: ${reason}${place ? ` (${place})` : ''}`, { cause: error });
}

/** A line of a stack, or the one before a piece of source that cannot be read. */
const FRAME = /^(?:\s+at .*?)?\(?((?:file:\/\/)?\/[^\s()]+?):(\d+)(?::\d+)?\)?$/m;

/** File and line where it was thrown, relative to the project; null when the error names none. */
function placeOf(error: unknown): string | null {
  const [, file, line] = FRAME.exec((error as Error | null)?.stack ?? '') ?? [];
  if (!file) return null;
  return `${relative(PROJECT_ROOT, file.startsWith('file:') ? fileURLToPath(file) : file)}:${line}`;
}
