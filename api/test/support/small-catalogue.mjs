// The catalogue of the bench, with few products.
import { catalogue as whole } from '../../bench/catalogue.mjs';

export { SIZES } from '../../bench/catalogue.mjs';
export const catalogue = () => whole({ products: 40 });
