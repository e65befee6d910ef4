/**
 * Every value of an enum of the schema, in the order given: `everyValueOf<ReturnReason>({ DAMAGED: true, … })`. A value
 * that is missing, or that the schema does not know, does not compile.
 */
export const everyValueOf = <Value extends string = never>(
  values: Readonly<Record<NoInfer<Value>, true>>,
): readonly Value[] => Object.keys(values) as Value[];
