import { optionalText } from '../../ui/forms/fields/codecs';
import type { Tools } from '../../ui/useTools';

/** The address that search engines should prefer to the page; null while none is entered. */
export const canonicalUrl = ({ t }: Tools) =>
  optionalText().refine(
    (text) => text === null || (/^https?:\/\//.test(text) && URL.canParse(text)),
    t('seo.canonicalUrlInvalid'),
  );
