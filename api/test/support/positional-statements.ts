/**
 * Statements whose parameters still have places instead of names, and whose rows nothing checks. The list only gets
 * shorter: the test fails for one that is not in it, and for one in it that has names now or is gone.
 */
export const POSITIONAL: readonly string[] = [];
