/** Polish: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'Wysuń',
    closeImage: 'Zamknij',
    imageClosed: (name) => `Zamknięto: ${name}. Nic na nim nie zmieniono.`,
    ejected: (name) => `Można wyjąć: ${name}.`,
    runningTitle: 'Kopiowanie jeszcze trwa',
    running: (name) =>
      `Jeśli teraz wysunąć ${name}, kopiowanie się przerwie. Pliki skopiowane w całości zostaną; żaden niepełny plik nie pozostanie.`,
    force: 'Przerwij kopiowanie i wysuń',
    keep: 'Kopiuj dalej',
  },
} satisfies typeof english;
