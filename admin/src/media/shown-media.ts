import type { InjectionKey, Ref } from 'vue';
import type { Media } from './media-forms';

/** The file whose form is shown, for fields that show it themselves. */
export const SHOWN_MEDIA: InjectionKey<Ref<Media | undefined>> = Symbol('shown-media');
