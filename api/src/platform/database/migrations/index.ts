import { TheFirstSale1763700000000 } from './1763700000000-the-first-sale.js';

/** Every migration, oldest first. */
export const migrations = [TheFirstSale1763700000000];
