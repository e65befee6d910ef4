import type { LocalizedText } from '../../kernel/languages.js';
import { StartProblem } from '../../kernel/start-problem.js';
import { assertFields } from '../fields/assert-fields.js';
import type { DeclaredType, FieldDeclaration, StoredFieldValue } from '../fields/field-declaration.js';
import type { Step, StepUnit } from './steps.js';

/** An argument that staff give to a strategy: one value, in a form that the admin draws from this. */
export interface ArgumentDeclaration extends Omit<FieldDeclaration, 'list' | 'translated' | 'type'> {
  /** What a field of an entity may hold, or `steps`: amounts by size, at most 50, as `Step` has them. */
  readonly type: DeclaredType | 'steps';
  /** Of `steps`: what their borders count. */
  readonly unit?: StepUnit;
  /** What the form shows first. */
  readonly defaultValue?: string | number | boolean;
}

type Plain<F extends ArgumentDeclaration> = F['type'] extends 'int' | 'money'
  ? number
  : F['type'] extends 'boolean'
    ? boolean
    : F['type'] extends 'steps'
      ? readonly Step[]
      : string;

/** The values of these arguments by name; null where one may be empty and is. */
export type ArgumentsOf<Fields extends readonly ArgumentDeclaration[]> = {
  readonly [F in Fields[number] as F['name']]: F extends { readonly required: true }
    ? Plain<F>
    : Plain<F> | null;
};

/** Stored values of arguments by name. */
export type StoredArguments = Readonly<Record<string, StoredFieldValue | readonly Step[]>>;

/**
 * A rule that staff choose by its code, with arguments of their own: how something is computed. What a strategy of a
 * kind does is said by who asks it; see `defineShippingRate` in pricing.
 */
export interface Strategy {
  /** What it is chosen for. */
  readonly kind: string;
  /** Small letters, digits and hyphens. Rows keep it, so it never changes. */
  readonly code: string;
  /** What staff call it; English at least. */
  readonly label: LocalizedText;
  /** One sentence for who chooses. */
  readonly help?: LocalizedText;
  readonly fields: readonly ArgumentDeclaration[];
}

/** A strategy with who offers it. */
export interface OfferedStrategy<S extends Strategy = Strategy> {
  /** The code; of a plugin `<plugin>.<code>`, so that two plugins never mean different things by one. */
  readonly code: string;
  /** The plugin; null for the shop itself. */
  readonly plugin: string | null;
  readonly strategy: S;
}

interface Offering {
  readonly name: string;
  readonly strategies?: readonly Strategy[];
}

const CODE = /^[a-z][a-z0-9-]{0,62}$/;

/** The strategies of all modules. */
export class StrategyRegistry {
  private readonly offered: readonly OfferedStrategy[];

  /** @throws StartProblem for a code or an argument that cannot be kept, and for a code that a module uses twice */
  constructor(modules: readonly Offering[], plugins: readonly Offering[]) {
    this.offered = modules.flatMap((module) => {
      const plugin = plugins.includes(module) ? module.name : null;
      return (module.strategies ?? []).map((strategy) => offer(strategy, plugin));
    });
    const seen = new Set<string>();
    for (const { code, strategy } of this.offered) {
      const key = `${strategy.kind} ${code}`;
      if (seen.has(key)) throw new StartProblem(`The ${strategy.kind} ${code} is declared twice.`);
      seen.add(key);
    }
  }

  /** Those of one kind, the shop's own first. */
  of<S extends Strategy>(kind: S['kind']): readonly OfferedStrategy<S>[] {
    return this.offered.filter(({ strategy }) => strategy.kind === kind) as unknown as OfferedStrategy<S>[];
  }
}

function offer(strategy: Strategy, plugin: string | null): OfferedStrategy {
  const { kind, code, label, help, fields } = strategy;
  const whose = `${plugin ? `The plugin ${plugin}` : 'The shop'} declares for the ${kind} ${code}`;
  if (!CODE.test(code) || !label['en']?.trim())
    throw new StartProblem(`${whose} no code of small letters, digits and hyphens, or no label in English.`);
  assertFields(whose, fields.map(asField));
  const withoutUnit = fields.find(({ type, unit }) => (type === 'steps') !== (unit !== undefined));
  if (withoutUnit)
    throw new StartProblem(
      `${whose} a field ${JSON.stringify(withoutUnit.name)}: steps, and only they, say what their borders count.`,
    );
  return { code: plugin ? `${plugin}.${code}` : code, plugin, strategy: { ...strategy, help } };
}

/** Steps are checked as a text is: by their name, label and help. */
function asField({ unit: _unit, type, ...field }: ArgumentDeclaration): FieldDeclaration {
  return { ...field, type: type === 'steps' ? 'text' : type };
}
