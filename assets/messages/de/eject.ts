/** German: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'Auswerfen',
    closeImage: 'Schließen',
    imageClosed: (name) => `${name} ist geschlossen. Nichts darauf wurde verändert.`,
    ejected: (name) => `${name} kann abgezogen werden.`,
    runningTitle: 'Eine Kopie läuft noch',
    running: (name) =>
      `Wird ${name} jetzt ausgeworfen, bricht die Kopie ab. Vollständig kopierte Dateien bleiben; keine halbe Datei bleibt zurück.`,
    force: 'Kopie abbrechen und auswerfen',
    keep: 'Weiter kopieren',
  },
} satisfies typeof english;
