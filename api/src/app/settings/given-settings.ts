/** Settings as they were given: nothing is parsed or defaulted yet. */
export type Given = Partial<Record<string, string>>;
