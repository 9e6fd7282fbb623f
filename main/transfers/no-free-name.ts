/** A name and all its numbered forms are taken in the target. */
export class NoFreeNameError extends Error {}
