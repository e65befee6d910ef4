/** Settings as somebody wrote them: nothing is read or defaulted yet. */
export type Given = Partial<Record<string, string>>;
