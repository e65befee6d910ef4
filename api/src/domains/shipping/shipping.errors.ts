import { defineErrors } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';

export const shippingErrors = defineErrors({
  AREA_TAKEN: 'The country, county or postal code is in another zone of delivery, or is given twice.',
  ARGS_INVALID:
    'An argument of the rule is unknown, given twice, missing, or has a value that it does not take.',
  METHOD_WITHOUT_RATE: 'The way of delivery has no price in any zone, so no buyer could choose it.',
  ZONE_NAME_TAKEN: 'Another zone of delivery has this name.',
  SHIPPING_CODE_TAKEN: 'Another way of delivery has this code.',
  SHIPPING_METHOD_ARCHIVED: 'The way of delivery is archived. Take it back first.',
  TOO_MANY_ZONES: 'A shop has at most 100 zones of delivery.',
  TOO_MANY_SHIPPING_METHODS: 'A shop has at most 100 ways of delivery, archived ones included.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof shippingErrors, true> {}
}

export class AreaTakenError extends DomainError {
  constructor(at: number, zone: string | null) {
    const message = zone === null ? 'It is given twice.' : `It is in the zone “${zone}”.`;
    super('AREA_TAKEN', message, ['areas', String(at)]);
  }
}

export class MethodWithoutRateError extends DomainError {
  constructor(codes: readonly string[], path: readonly string[] | null = null) {
    super('METHOD_WITHOUT_RATE', `No buyer could choose ${codes.join(', ')}.`, path);
  }
}
