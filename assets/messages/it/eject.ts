/** Italian: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'Espelli',
    closeImage: 'Chiudi',
    imageClosed: (name) => `${name} è chiuso. Non vi è stato cambiato nulla.`,
    ejected: (name) => `${name} può essere rimosso.`,
    runningTitle: 'Una copia è ancora in corso',
    running: (name) =>
      `Espellendo ${name} adesso, la copia si ferma. I file copiati per intero restano; nessun file a metà viene lasciato.`,
    force: 'Ferma la copia ed espelli',
    keep: 'Continua a copiare',
  },
} satisfies typeof english;
