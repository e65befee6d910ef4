import { defineModule } from '../../platform/module.js';
import { notificationsModule } from '../notifications/notifications.module.js';
import { PluginsResolver } from './plugins.resolver.js';

/** Shows staff the plugins of the shop; what a plugin is, is said by docs/extend.md. */
export const pluginsModule = defineModule({
  name: 'plugins',
  dependsOn: [notificationsModule],
  tables: {},
  entities: [],
  resolvers: [PluginsResolver],
  setup: (platform) => ({ services: {}, resolvers: [new PluginsResolver(platform.database, platform)] }),
});
