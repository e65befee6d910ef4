import { h } from 'vue';
import { PluginsDocument } from '../generated/system/graphql';
import type { PluginRowFragment } from '../generated/system/graphql';
import { moment, status } from '../ui/lists/cells';
import { defineList, wholeList } from '../ui/lists/define-list';

/** A plugin is named by its name. */
type Row = PluginRowFragment & { id: string };

export const pluginList = defineList({
  name: 'plugins',
  title: 'plugins.title',
  query: PluginsDocument,
  connection: ({ plugins }) => wholeList(plugins.map((plugin): Row => ({ ...plugin, id: plugin.name }))),
  whole: true,
  types: ['Plugin'],
  columns: {
    name: {
      header: 'plugins.name',
      required: true,
      cell: ({ name, version }, { t }) => [
        h('span', { class: 'block font-medium text-highlighted' }, name),
        version && h('span', { class: 'block text-xs text-muted' }, t('plugins.version', { version })),
      ],
    },
    description: {
      header: 'plugins.description',
      cell: ({ description }) => h('span', { class: 'block max-w-80 whitespace-normal' }, description ?? ''),
    },
    state: {
      header: 'plugins.state',
      cell: ({ lastFault }, { t }) => [
        lastFault
          ? status('bad', t('plugins.lastFault', { hook: lastFault.hook }))
          : status('good', t('plugins.noFault')),
        lastFault && h('div', { class: 'ps-4 text-sm' }, [moment(lastFault.at)]),
      ],
    },
    fields: { header: 'plugins.fields', cell: (row) => names(row.fields) },
    hooks: { header: 'plugins.hooks', cell: (row) => names(row.hooks) },
    strategies: { header: 'plugins.strategies', wideOnly: true, cell: (row) => names(row.strategies) },
    tables: { header: 'plugins.tables', wideOnly: true, cell: (row) => names(row.tables) },
    permissions: { header: 'plugins.permissions', wideOnly: true, cell: (row) => names(row.permissions) },
    integrations: { header: 'plugins.integrations', wideOnly: true, cell: (row) => names(row.integrations) },
  },
  empty: { icon: 'i-lucide-puzzle', title: 'plugins.none', hint: 'plugins.noneHint' },
});

/** Names of the code, one below the other. */
const names = (all: readonly string[]) =>
  all.map((name) => h('span', { class: 'block font-mono text-xs wrap-anywhere whitespace-normal' }, name));
