/** Any JSON: tests assert what they look at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an untyped answer reads better in a test than a cast per line
export type Answer = Record<string, any>;
