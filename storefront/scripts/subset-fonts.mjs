// Cuts the fonts down to the letters of the shop's languages (Romanian, French, English) and the weights it uses, from
// the packages' own files. What else may stand in a name is drawn by the whole files, which a page fetches only then.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const target = fileURLToPath(new URL('../src/generated/fonts/', import.meta.url));
const require = createRequire(import.meta.url);

const ASCII = String.fromCodePoint(...Array.from({ length: 0x7e - 0x1f }, (_, index) => 0x20 + index));
/** The same letters as the unicode-range of each face in src/ui/fonts.css. */
const PARTS = {
  latin: `${ASCII}\u00a0©«°·»×ÀÁÂÄÆÇÈÉÊËÍÎÏÓÔÖÙÚÛÜŸßàáâäæçèéêëíîïóôöùúûüÿŒœ\u2009\u2013\u2014‘’“”„•…\u202f€−`,
  'latin-ext': 'ĂăȘșȚțŞşŢţ',
};
const WEIGHTS = { min: 400, max: 600 };

await mkdir(target, { recursive: true });
for (const font of ['inter', 'fraunces']) {
  const files = join(dirname(require.resolve(`@fontsource-variable/${font}/package.json`)), 'files');
  for (const [part, letters] of Object.entries(PARTS)) {
    const whole = await readFile(join(files, `${font}-${part}-wght-normal.woff2`));
    const cut = await subsetFont(whole, letters, {
      targetFormat: 'woff2',
      variationAxes: { wght: WEIGHTS },
    });
    await writeFile(join(target, `${font}-${part}-shop.woff2`), cut);
  }
}
