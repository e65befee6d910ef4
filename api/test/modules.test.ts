import { describe, expect, it } from 'vitest';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import { modules } from '../src/app/modules.js';
import { globalId, type IdPrefix } from '../src/kernel/ids.js';
import { permissionsOf, Role, type Permission } from '../src/platform/graphql/roles.js';
import { assertDeclaredOnce } from '../src/platform/declared-once.js';
import { defineModule, type AnyModule } from '../src/platform/module.js';

const list: readonly AnyModule[] = modules;
const plain = {
  ...{ dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({ services: {}, resolvers: [] }),
};
const ID = '0197a2b4-0000-7000-8000-000000000000';

describe('id prefixes', () => {
  it('each denote a type of the schema', () => {
    const types = list.flatMap(({ idPrefixes = {} }) => Object.values(idPrefixes));

    expect(types.length).toBeGreaterThan(30);
    expect(types.filter((name) => !shopSchema.getType(name))).toEqual([]);
  });

  it('that nobody declared do not compile', () => {
    // @ts-expect-error There is no such prefix.
    expect(globalId('gift', ID)).toMatch(/^gift_/);
    // @ts-expect-error Nor here.
    const declared: Partial<Record<IdPrefix, string>> = { gift: 'GiftCard' };
    expect(Object.keys(declared)).toEqual(['gift']);
  });

  it('and permissions and error codes that two modules declare stop the start, as do nodes without a prefix', () => {
    const first = defineModule({ ...plain, name: 'first', idPrefixes: { ord: 'Order' } });
    const second = { ...first, name: 'second' };
    const writer = defineModule({
      ...plain,
      name: 'writer',
      permissions: { SYSTEM: { description: 'Everything.', role: Role.SUPPORT } },
    });
    const refuser = defineModule({ ...plain, name: 'refuser', errors: { SKU_TAKEN: 'Taken.' } });
    const thrower = defineModule({
      ...plain,
      name: 'thrower',
      // @ts-expect-error A thrown code is none of user errors.
      errors: { FORBIDDEN: 'Not allowed.' },
    });
    const finder = defineModule({
      ...plain,
      name: 'finder',
      nodes: { tag: { type: 'Tag', find: async () => null } },
    });

    expect(() => assertDeclaredOnce([first, second])).toThrow(
      'The id prefix ord is declared twice: by first and by second',
    );
    expect(() => assertDeclaredOnce([writer])).toThrow(
      'The permission SYSTEM is declared twice: by the platform and by writer',
    );
    expect(() => assertDeclaredOnce([...list, refuser])).toThrow(
      'The error code SKU_TAKEN is declared twice: by catalog and by refuser',
    );
    expect(() => assertDeclaredOnce([thrower])).toThrow('FORBIDDEN, which is a code of thrown errors');
    expect(() => assertDeclaredOnce([finder])).toThrow(
      'nodes by the id prefix tag, which no module declares',
    );
    expect(() => assertDeclaredOnce(list)).not.toThrow();
  });
});

describe('permissions', () => {
  it('are those of the modules, in a fixed order, and each role has those of the ones before it', () => {
    expect([...permissionsOf(Role.CUSTOMER)]).toEqual([]);
    expect([...permissionsOf(Role.SUPPORT)]).toEqual([
      'CATALOG_READ',
      'ORDER_READ',
      'CUSTOMER_READ',
      'JOB_READ',
      'VIEW_WRITE',
      'CONTENT_READ',
    ]);
    expect([...permissionsOf(Role.MANAGER)]).toEqual([
      ...permissionsOf(Role.SUPPORT),
      ...[
        'CATALOG_WRITE',
        'STOCK_WRITE',
        'ORDER_WRITE',
        'ORDER_REFUND',
        'IMPORT',
        'VIEW_SHARE',
        'CONTENT_WRITE',
        'METADATA_WRITE',
      ],
    ]);
    expect([...permissionsOf(Role.ADMIN)]).toEqual([
      ...permissionsOf(Role.MANAGER),
      ...['SETTINGS_WRITE', 'INTEGRATION_WRITE', 'CUSTOMER_WRITE', 'CUSTOMER_EXPORT', 'STAFF_WRITE'],
      ...['AUDIT_READ', 'SYSTEM'],
    ]);
    // One more, so that no administrator touches the owner.
    expect([...permissionsOf(Role.OWNER)]).toEqual([...permissionsOf(Role.ADMIN), 'OWNERSHIP']);
    expect([...permissionsOf(Role.STAFF)]).toEqual([]);
    // @ts-expect-error There is no such permission.
    expect(permissionsOf(Role.OWNER).has('ORDER_REED' satisfies Permission)).toBe(false);
  });
});
