import { Arg, Int, Query, Resolver } from 'type-graphql';
import { InvalidInputError } from '../../kernel/errors.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { Role } from '../../platform/graphql/roles.js';
import type { IntegrityService } from './integrity.service.js';
import { IntegrityReport } from './integrity.type.js';

const MOST = 100;

@Resolver()
export class IntegrityResolver {
  constructor(private readonly integrity: IntegrityService) {}

  @Auth(Role.ADMIN, 'SYSTEM')
  @Query(() => IntegrityReport, {
    description: 'Audits the stored data now, at one moment, without locks. Stores nothing.',
  })
  integrityReport(): Promise<Omit<IntegrityReport, 'ok'>> {
    return this.integrity.check();
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @Query(() => [IntegrityReport], { description: 'The nightly audits, newest first.' })
  async integrityHistory(
    @Arg('first', () => Int, { defaultValue: 14, description: `How many, 1 to ${MOST}.` }) first: number,
  ): Promise<Omit<IntegrityReport, 'ok'>[]> {
    if (first < 1 || first > MOST) throw new InvalidInputError(`Ask for 1 to ${MOST}.`, ['first']);
    return this.integrity.history(first);
  }
}
