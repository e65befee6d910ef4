import { registerEnumType } from 'type-graphql';

export enum MediaKind {
  IMAGE = 'IMAGE',
  DOCUMENT = 'DOCUMENT',
}
registerEnumType(MediaKind, {
  name: 'MediaKind',
  description: 'What kind of file it is.',
  valuesConfig: {
    IMAGE: { description: 'An image: JPEG, PNG or WebP.' },
    DOCUMENT: { description: 'A PDF. Browsers are told to save it, never to open it as a page.' },
  },
});

export enum MediaVisibility {
  PUBLIC = 'PUBLIC',
  PRIVATE = 'PRIVATE',
}
registerEnumType(MediaVisibility, {
  name: 'MediaVisibility',
  description: 'Who can open the file.',
  valuesConfig: {
    PUBLIC: { description: 'Whoever has its address, which never changes.' },
    PRIVATE: { description: 'Staff, by an address that ends within two hours. No page can show it.' },
  },
});

export enum MediaPlace {
  PRODUCT_IMAGES = 'PRODUCT_IMAGES',
  PRODUCT_SHARE_IMAGE = 'PRODUCT_SHARE_IMAGE',
  CATEGORY_IMAGE = 'CATEGORY_IMAGE',
  CATEGORY_SHARE_IMAGE = 'CATEGORY_SHARE_IMAGE',
  PAGE_IMAGES = 'PAGE_IMAGES',
  PAGE_SHARE_IMAGE = 'PAGE_SHARE_IMAGE',
  SHOP_SHARE_IMAGE = 'SHOP_SHARE_IMAGE',
}
registerEnumType(MediaPlace, {
  name: 'MediaPlace',
  description: 'Where a file is shown.',
  valuesConfig: {
    PRODUCT_IMAGES: { description: 'Among the images of a product.' },
    PRODUCT_SHARE_IMAGE: { description: 'When the page of a product is shared.' },
    CATEGORY_IMAGE: { description: 'As the image of a category.' },
    CATEGORY_SHARE_IMAGE: { description: 'When the page of a category is shared.' },
    PAGE_IMAGES: { description: 'In a block of a page, or of its draft.' },
    PAGE_SHARE_IMAGE: { description: 'When a page is shared.' },
    SHOP_SHARE_IMAGE: { description: 'When a page of the shop without an image of its own is shared.' },
  },
});
