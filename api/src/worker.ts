import { started, startSmall } from './app/small-start.js';

startSmall();
// Not a static import: all of the code would be read before the line above.
const { work } = await import('./app/worker-process.js');
await work();
started();
