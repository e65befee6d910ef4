import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { PROJECT_ROOT } from '../../../kernel/project-root.js';
import { DEMO_NAMESPACE, demoId, storeDemoImages } from '../../catalog/index.js';
import { madeWidths, seedMedia } from '../../media/index.js';
import type { StoredBlock } from '../blocks/stored-block.js';
import { PageProductSource } from '../blocks/stored-block.js';
import type { PageContent } from '../pages/page-content.js';
import { PageEntity, PageVersionEntity } from '../pages/page.entity.js';
import { lastNumber } from '../pages/page.statements.js';
import type { PageWrites } from '../pages/page-writes.js';
import { startBlock } from './start-pages.js';

const FOLDER = join(PROJECT_ROOT, 'demo');
const text = z.record(z.string(), z.string()) as unknown as z.ZodType<LocalizedText>;
const texts = z.record(z.string(), text);
const demoPages = z.object({
  home: z.object({
    ...{ name: text, description: text },
    ...{ hero: texts, featured: texts, categories: texts, story: texts, newest: texts },
  }),
  images: texts,
});
type DemoPages = z.infer<typeof demoPages>;

interface Deps {
  readonly writes: PageWrites;
  readonly storage: FileStorage;
}

/** Gives the home page of the demo shop its texts and images, as long as nobody has published another. */
export async function seedDemoHome({ writes, storage }: Deps): Promise<void> {
  const home = await writes.deps.database.repository(PageEntity).find({ key: 'home' });
  if (!home || home.draft || (await writes.deps.database.row(lastNumber, { pageId: home.id }))?.number !== 1)
    return;
  const file = await readFile(join(FOLDER, 'catalogue', 'pages.json'), 'utf8');
  const demo = demoPages.parse(JSON.parse(file));
  const stored = await storeDemoImages(storage, join(FOLDER, 'pictures'), Object.keys(demo.images), {
    namespace: DEMO_NAMESPACE,
  });
  const files = [...stored].map(([filename, image]) => ({
    ...image,
    ...{ id: demoId('media', image.storageKey), filename },
    ...{ widths: madeWidths(image.width), alt: demo.images[filename] ?? {} },
  }));
  await writes.write(async (tx) => {
    const media = await seedMedia(tx, files);
    const idOf = (filename: string): string[] => {
      const image = stored.get(filename);
      const id = image && media.get(image.storageKey);
      return id ? [id] : [];
    };
    const row = await tx.repository(PageEntity).lock({ id: home.id });
    const last = await tx.row(lastNumber, { pageId: home.id });
    if (!row || last?.number !== 1) return;
    const content = demoContent(demo, idOf);
    const id = newId();
    await tx.repository(PageVersionEntity).insert([
      {
        ...{ id, pageId: home.id, number: 2, content, note: null, createdBy: null },
        shownFrom: writes.deps.clock.now(),
      },
    ]);
    await tx.repository(PageEntity).update(row, { publishedId: id });
    await writes.noteMedia(tx, home.id, [content]);
    await writes.announce(tx);
  });
}

function demoContent({ home }: DemoPages, idOf: (file: string) => string[]): PageContent {
  const { FEATURED, NEWEST } = PageProductSource;
  const toNewest = { path: '/search?sort=newest' };
  const blocks: StoredBlock[] = [
    startBlock('demo-hero', 'HERO', {
      ...{ texts: home.hero, link: toNewest },
      imageIds: [...idOf('hero-wide.webp'), ...idOf('hero-tall.webp')],
    }),
    startBlock('demo-featured', 'PRODUCTS', { texts: home.featured, source: FEATURED, count: 4 }),
    startBlock('demo-categories', 'CATEGORIES', { texts: home.categories }),
    startBlock('demo-story', 'STORY', { texts: home.story, imageIds: idOf('story.webp') }),
    startBlock('demo-newest', 'PRODUCTS', {
      ...{ texts: home.newest, source: NEWEST, count: 8, link: { path: '/search' } },
    }),
  ];
  return { name: home.name, seoDescription: home.description, blocks };
}
