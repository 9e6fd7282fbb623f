/** French: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'Éjecter',
    closeImage: 'Fermer',
    imageClosed: (name) => `${name} est fermé. Rien n’y a été modifié.`,
    ejected: (name) => `${name} peut être retiré.`,
    runningTitle: 'Une copie est encore en cours',
    running: (name) =>
      `Si vous éjectez ${name} maintenant, la copie s’arrête. Les fichiers entièrement copiés restent ; aucun fichier incomplet n’est laissé.`,
    force: 'Arrêter la copie et éjecter',
    keep: 'Continuer la copie',
  },
} satisfies typeof english;
