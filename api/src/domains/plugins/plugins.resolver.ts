import { Query, Resolver } from 'type-graphql';
import { statement, t, type Database } from '../../platform/database/database.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { fieldsOfResolvers } from '../../platform/graphql/fields-of-resolvers.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Role } from '../../platform/graphql/roles.js';
import type { CustomFields } from '../../platform/fields/field-declaration.js';
import type { Platform } from '../../platform/module.js';
import { resolversOf } from '../../platform/module-list.js';
import { pluginFailed } from '../notifications/index.js';
import { Plugin } from './plugin.type.js';

const lastFaults = statement('plugins.last-faults', {
  row: { plugin: t.text, hook: t.text, at: t.timestamp },
  sql: `SELECT DISTINCT ON (payload ->> 'plugin') payload ->> 'plugin' AS plugin, payload ->> 'hook' AS hook, created_at AS at
   FROM outbox WHERE kind = '${pluginFailed.kind}' ORDER BY payload ->> 'plugin', created_at DESC, id DESC`,
});

@Resolver()
export class PluginsResolver {
  constructor(
    private readonly database: Database,
    private readonly declared: Pick<Platform, 'pluginModules' | 'hooks'>,
  ) {}

  @Auth(Role.ADMIN, 'SYSTEM')
  @ListSize(5)
  @Query(() => [Plugin], {
    description:
      'The plugins of the shop, in the order in which they are called; those that the process was started with.',
  })
  async plugins(): Promise<Plugin[]> {
    const faults = new Map((await this.database.rows(lastFaults)).map((fault) => [fault.plugin, fault]));
    const { pluginModules, hooks } = this.declared;
    return pluginModules.map(({ name, version, description, ...declared }) => ({
      name,
      version: version ?? null,
      description: description ?? null,
      fields: [...fieldsOfResolvers(resolversOf(declared)), ...namesOf(declared.customFields)],
      hooks: hooks.of(name),
      tables: Object.keys(declared.tables),
      strategies: (declared.strategies ?? []).map(({ code }) => `${name}.${code}`),
      permissions: Object.keys(declared.permissions ?? {}),
      integrations: (declared.integrations ?? []).map(({ code }) => code),
      lastFault: faults.get(name) ?? null,
    }));
  }
}

/** Declared fields by where they stand in the schema: `Product.customFields.careGuide`. */
function namesOf(declared: CustomFields = {}): string[] {
  return Object.entries(declared).flatMap(([type, fields]) =>
    fields.map(({ name }) => `${type}.customFields.${name}`),
  );
}
