export { seedStartPages } from './start/seed-pages.js';
