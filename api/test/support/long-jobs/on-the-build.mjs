// With `--import`: what the files beside this one import of the sources of the API comes from its build, from which a process
// starts in a third of the time. Node itself takes the types out of these files.
import { registerHooks } from 'node:module';

const HERE = new URL('.', import.meta.url).href;
const SOURCES = new URL('../../../src/', import.meta.url).href;
const BUILT = new URL('../../../dist/', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || !context.parentURL?.startsWith(HERE)) return next(specifier, context);
    const wanted = new URL(specifier, context.parentURL).href;
    if (wanted.startsWith(SOURCES)) return next(wanted.replace(SOURCES, BUILT), context);
    return next(wanted.replace(/\.js$/, '.ts'), context);
  },
});
