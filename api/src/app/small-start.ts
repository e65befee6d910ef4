import { setSourceMapsSupport } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Limits the young generation of the heap during start. Loading the code creates much garbage once; V8 would enlarge
 * that space by some 40 MB, which an idle shop never uses.
 */
export function startSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  mapOwnSources();
}

/**
 * Called when the process is up: what the start left behind is given back, and the heap may grow with the load.
 *
 * The collection tells V8 that the process is a small one, and the first minutes of load would pay for it with a third more
 * of the processor. So three things are set right: the young generation grows at once instead of by doubling; the next whole
 * collection waits until the heap is three times what lives, which is where V8 would have begun without ours; and code that
 * was read stays compiled, for a collection takes code that was not used lately for code that is not needed.
 */
export function started(): void {
  setFlagsFromString('--no-flush-bytecode');
  setFlagsFromString('--heap-growing-percent=200');
  collectGarbage();
  setFlagsFromString('--semi-space-growth-factor=16');
}

/**
 * Stack traces name lines of the sources. The flag --enable-source-maps would also keep
 * the maps of all packages: 12 MB.
 */
function mapOwnSources(): void {
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
}

/** V8 itself would keep some 20 MB that loading the code and building the schema left, until the heap has doubled. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
