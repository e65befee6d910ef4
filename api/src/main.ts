import { started, startSmall } from './app/small-start.js';

startSmall();
// Not a static import: all of the code would be read before the line above.
const { serve } = await import('./app/api-process.js');
await serve();
started();
