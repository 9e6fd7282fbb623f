/** Ejecting. */

export const eject = {
  eject: {
    eject: 'Eject',
    closeImage: 'Close',
    imageClosed: (name: string) => `${name} is closed. Nothing on it was changed.`,
    ejected: (name: string) => `${name} can be pulled out.`,
    runningTitle: 'A copy is still running',
    running: (name: string) =>
      `If you eject ${name} now, the copy stops. Files that were copied completely stay; no half file is left behind.`,
    force: 'Stop the copy and eject',
    keep: 'Keep copying',
  },
};
