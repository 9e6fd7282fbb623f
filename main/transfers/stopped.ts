/** The user broke off: thrown to end what is under way. */
export class StoppedError extends Error {}
