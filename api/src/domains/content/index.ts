export { seedStartMenus } from './start/start-menus.js';
export { seedStartPages } from './start/seed-pages.js';
