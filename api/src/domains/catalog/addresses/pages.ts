// Where the paths of products and categories begin in the storefront.
export const PRODUCT_PAGES = '/p/';
export const CATEGORY_PAGES = '/c/';
