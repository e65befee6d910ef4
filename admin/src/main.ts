import ui from '@nuxt/ui/vue-plugin';
import urql from '@urql/vue';
import { createApp } from 'vue';
import App from './App.vue';
import { client, renewClient, whenSessionLost } from './app/client';
import { i18n, preferredLanguage, useLanguage } from './app/i18n';
import { prepareLine } from './app/live';
import { watchForMissingCode } from './app/missing-code';
import { hasUnsavedChanges } from './ui/forms/useUnsaved';
import { forgetSession, renewLostSession, useSession } from './app/session';
import './main.css';
import { addPluginRoutes, loadPlugins } from './plugins/loaded-plugins';
import { FRAME, router, toLogin } from './router';
import { focusHeadings, keepFocus } from './shell/page-focus';
import { startTheme } from './shell/useTheme';
import { rememberLists } from './ui/lists/place/last-list';

rememberLists(router);
focusHeadings(router);
keepFocus();
startTheme();
function askToSignIn(): void {
  const { user, lost } = useSession();
  if (router.currentRoute.value.meta.isPublic) return forgetSession();
  if (user.value) lost.value = true;
  else void router.push(toLogin(router.currentRoute.value));
}
whenSessionLost(askToSignIn);
prepareLine({ signIn: () => renewLostSession(client.value), onSignedOut: askToSignIn });

watchForMissingCode(router, { hasUnsaved: hasUnsavedChanges });
await loadPlugins();
addPluginRoutes(router, FRAME);
await useLanguage(preferredLanguage());
renewClient();

// Mounted once the first page is loaded, because an empty frame would replace the outline in index.html.
const app = createApp(App).use(i18n).use(router).use(ui).use(urql, client);
void router
  .isReady()
  .catch(() => undefined)
  .then(() => app.mount('#app'));
