import { defineModule, ListSize, Public, Query, Resolver, type AnyModule } from '@vitrine/api/plugin';

@Resolver()
class GreetingResolver {
  @Public()
  @ListSize(1)
  @Query(() => [String], { description: 'What the shop says to its visitors.' })
  greetings(): string[] {
    return ['Welcome'];
  }
}

export const greeting = (): AnyModule =>
  defineModule({
    name: 'greeting',
    dependsOn: [],
    entities: [],
    tables: {},
    resolvers: [GreetingResolver],
    clients: {
      admin: new URL('./admin/index.ts', import.meta.url),
      storefront: new URL('./storefront/index.ts', import.meta.url),
    },
    setup: () => ({ services: {}, resolvers: [new GreetingResolver()] }),
  });
