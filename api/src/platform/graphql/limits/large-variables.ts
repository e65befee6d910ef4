import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  typeFromAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { ThrownCode } from '../../../kernel/error-codes.js';
import type { Variables } from './cost-of-a-field.js';

/** Below this many characters, fifty repetitions of the variables cost nothing. */
const LARGE = 4_000;
const LONGEST_PATH = 200;

/**
 * Refuses large variables at their first fault, and does not repeat their values.
 *
 * graphql-js lists up to fifty faults, and the message of each unknown or missing field of an input object contains the
 * whole object: a body of 240 KB would be written fifty times.
 *
 * @param size the characters of all names and texts in the variables
 * @throws GraphQLError BAD_USER_INPUT
 */
export function assertLargeVariablesFit(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  { variables, size }: { readonly variables: Variables; readonly size: number },
): void {
  if (size < LARGE) return;
  for (const { variable, type: node } of variableDefinitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, node);
    if (!type || !isInputType(type) || !Object.hasOwn(variables, name)) continue;
    coerceInputValue(variables[name], type, (path) => {
      const at = [name, ...path].join('.');
      throw fault(at.length > LONGEST_PATH ? `${at.slice(0, LONGEST_PATH)} …` : at);
    });
  }
}

function fault(at: string): GraphQLError {
  return new GraphQLError(
    `The variables do not fit their types at "${at}": a field is unknown, missing or of another type. Variables this large are not repeated here.`,
    { extensions: { code: 'BAD_USER_INPUT' satisfies ThrownCode, http: { status: 400 } } },
  );
}
