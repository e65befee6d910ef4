/**
 * Why a process cannot start, or a command cannot run. The message is one sentence for whoever runs the shop: it names
 * the setting in question and says what to do, so it is printed without a stack.
 */
export class StartProblem extends Error {}
