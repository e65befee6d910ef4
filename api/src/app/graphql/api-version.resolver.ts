import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Query, Resolver } from 'type-graphql';
import { PROJECT_ROOT } from '../../kernel/project-root.js';
import { Public } from '../../platform/graphql/auth-directive.js';

/** The version of the release that runs, as its package says. */
const { version } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'api/package.json'), 'utf8')) as {
  version: string;
};

@Resolver()
export class ApiVersionResolver {
  @Public()
  @Query(() => String, {
    description:
      'The version of this API, such as 1.4.0. A field, argument or value that goes away is marked as deprecated, with what replaces it, at least one minor version before.',
  })
  apiVersion(): string {
    return version;
  }
}
