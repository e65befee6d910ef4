export { returnRequested } from './return.events.js';
