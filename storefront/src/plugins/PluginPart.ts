import {
  defineComponent,
  h,
  inject,
  onErrorCaptured,
  provide,
  ref,
  type ComponentInternalInstance,
  type InjectionKey,
  type PropType,
} from 'vue';
import type { Words } from '../app/messages/i18n';
import { reportFault, type LoadedSlot } from './loaded-plugins';

/** A part that hangs must not take the time that the page has. */
const LONGEST_DRAWING_MS = 3_000;
const NOTHING = '<!---->';
/** What was pressed failed, not what is shown: handlers of events, by the last part of Vue's description. */
const AFTER_DRAWING = /(#runtime-[56]|event handler)$/;

const wordsKey: InjectionKey<Words> = Symbol('the messages of the plugin');

/** The messages of a plugin in the language of the page, for its own components. */
export function useMessages(): Words {
  const words = inject(wordsKey);
  if (!words) throw new Error('useMessages is for components of a plugin.');
  return words;
}

/** One component of a plugin. What it throws while it is drawn ends here: it is left out, and the page around it stays. */
export const PluginPart = /* @__PURE__ */ defineComponent({
  props: {
    part: { type: Object as PropType<LoadedSlot>, required: true },
    context: { type: Object, required: true },
  },
  setup({ part }) {
    const failed = ref(false);
    provide(wordsKey, part.words);
    onErrorCaptured((error, _instance, description) => {
      reportFault(part.plugin, part.name, error);
      // Whoever pressed something is told that it did not work, as for the shop's own buttons.
      if (AFTER_DRAWING.test(description)) return true;
      failed.value = true;
      return false;
    });
    return { failed };
  },
  render() {
    return this.failed ? null : h(this.part.component, this.context);
  },
  // Drawn apart from the page, and added to it when it is whole: half of an element would break what follows.
  ...(import.meta.env.SSR && {
    ssrRender(_proxy: unknown, push: (drawn: Promise<string>) => void, instance: Drawn) {
      push(drawn(instance));
    },
  }),
});

type Drawn = ComponentInternalInstance & {
  readonly props: { readonly part: LoadedSlot; readonly context: Record<string, unknown> };
  readonly setupState: { readonly failed: boolean };
};
type Written = string | readonly (Written | Promise<Written>)[];

async function drawn(instance: Drawn): Promise<string> {
  const { part, context } = instance.props;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It was not drawn within ${LONGEST_DRAWING_MS} ms.`)),
      LONGEST_DRAWING_MS,
    );
  });
  try {
    // Not for the browser: as a static import it would change how the browser's code is divided.
    const { ssrRenderComponent } = await import('vue/server-renderer');
    const written = ssrRenderComponent(part.component, context, null, instance) as Written | Promise<Written>;
    const html = await Promise.race([textOf(written), limit]);
    return instance.setupState.failed ? NOTHING : html;
  } catch (error) {
    reportFault(part.plugin, part.name, error);
    return NOTHING;
  } finally {
    clearTimeout(timer);
  }
}

/** Vue answers pieces, some of which are still being drawn. */
async function textOf(written: Written | Promise<Written>): Promise<string> {
  const pieces = await written;
  if (typeof pieces === 'string') return pieces;
  let text = '';
  for (const piece of pieces) text += await textOf(piece);
  return text;
}
