import { defineConfig } from '@vitrine/api/plugin';
import { giftWrap } from './plugin-gift-wrap/index.js';

// The shop with all examples: built and run by the tests in the browser. A shop of your own names them in its own file.
export default defineConfig({ plugins: [giftWrap({ packer: 'packer@example.test' })] });
