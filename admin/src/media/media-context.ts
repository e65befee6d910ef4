/** What is written of a file is told to every query that read one, and to what shows it. */
export const MEDIA_CONTEXT = { additionalTypenames: ['Media', 'Product', 'Category'] };
