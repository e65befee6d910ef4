import { expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { showInShop } from '../../app/testing';
import ProductGallery from './ProductGallery.vue';

const images = Array.from({ length: 9 }, (_, i) => ({
  ...{ id: `img_${i}`, alt: `Cana ${i}`, width: 1000, height: 1250 },
  ...{ url320: `/media/${i}-320.webp`, url640: `/media/${i}-640.webp` },
}));

it('brings the thumbnail of the chosen variant into sight and marks it, however far down it is', async () => {
  const seen: string[] = [];
  vi.spyOn(HTMLElement.prototype, 'scrollIntoView').mockImplementation(function (this: HTMLElement) {
    seen.push(this.querySelector('img')?.getAttribute('src') ?? '');
  });
  const { element } = showInShop(ProductGallery, { images, shownId: 'img_6', name: 'Cana' });
  await nextTick();

  expect(seen).toEqual(['/media/6-640.webp']);
  const current = element.querySelectorAll('[aria-current=true] img');
  expect([...current].map((image) => image.getAttribute('src'))).toEqual(['/media/6-640.webp']);
});
