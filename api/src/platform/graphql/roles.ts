import { registerEnumType } from 'type-graphql';

export enum Role {
  CUSTOMER = 'CUSTOMER',
  SUPPORT = 'SUPPORT',
  MANAGER = 'MANAGER',
  ADMIN = 'ADMIN',
  OWNER = 'OWNER',
}

export enum Permission {
  CATALOG_READ = 'CATALOG_READ',
  CATALOG_WRITE = 'CATALOG_WRITE',
  STOCK_WRITE = 'STOCK_WRITE',
  ORDER_READ = 'ORDER_READ',
  ORDER_WRITE = 'ORDER_WRITE',
  CUSTOMER_READ = 'CUSTOMER_READ',
  CUSTOMER_WRITE = 'CUSTOMER_WRITE',
  SYSTEM = 'SYSTEM',
}

registerEnumType(Role, {
  name: 'Role',
  description: 'The built-in roles, each holding what the ones before it hold.',
  valuesConfig: {
    CUSTOMER: { description: 'A customer with an account: own data only.' },
    SUPPORT: { description: 'Reads catalog, orders and customers.' },
    MANAGER: { description: 'Also edits catalog, stock and orders.' },
    ADMIN: { description: 'Also edits customers and reads system reports.' },
    OWNER: { description: 'The one owner of the shop; receives operational mail.' },
  },
});

registerEnumType(Permission, {
  name: 'Permission',
  description: 'What a member of staff may do. Access is checked by permission, never by the name of a role.',
  valuesConfig: {
    CATALOG_READ: { description: 'See drafts, archived products and exact stock.' },
    CATALOG_WRITE: { description: 'Create and change products.' },
    STOCK_WRITE: { description: 'Adjust stock.' },
    ORDER_READ: { description: 'See all orders.' },
    ORDER_WRITE: { description: 'Change, ship and cancel orders.' },
    CUSTOMER_READ: { description: 'See customers.' },
    CUSTOMER_WRITE: { description: 'Change customers.' },
    SYSTEM: { description: 'Read system reports: webhooks, the integrity report.' },
  },
});

const SUPPORT = [Permission.CATALOG_READ, Permission.ORDER_READ, Permission.CUSTOMER_READ];
const MANAGER = [...SUPPORT, Permission.CATALOG_WRITE, Permission.STOCK_WRITE, Permission.ORDER_WRITE];
const ADMIN = [...MANAGER, Permission.CUSTOMER_WRITE, Permission.SYSTEM];

/** The permissions of each built-in role. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  [Role.CUSTOMER]: new Set(),
  [Role.SUPPORT]: new Set(SUPPORT),
  [Role.MANAGER]: new Set(MANAGER),
  [Role.ADMIN]: new Set(ADMIN),
  [Role.OWNER]: new Set(ADMIN),
};
