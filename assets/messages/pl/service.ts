/** Polish: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'Proces, który czyta ten nośnik, odpowiedział bez sensu i został zakończony. Nośnik może być zrobiony, by szkodzić.',
    },
    notADevice: 'To nie jest urządzenie.',
    notCopied: 'Innym programom można przekazać tylko pliki, które Airlock skopiował.',
    emptySlot: 'W tym napędzie nie ma nośnika.',
    busyCopying: 'Z tego nośnika jeszcze coś się kopiuje. Trzeba poczekać albo najpierw przerwać kopiowanie.',
    image: {
      noAnswer: 'Nośnik nie odpowiada. Po ponownym podłączeniu można kontynuować od tego miejsca.',
      notADevice: 'Jako obraz można zapisać tylko podłączony pendrive, kartę lub dysk.',
      running: 'Obraz tego nośnika już się zapisuje.',
      cannotRead: 'Nie można odczytać surowych bajtów tego nośnika.',
      removed: 'Nośnik został odłączony. Po ponownym podłączeniu można kontynuować od tego miejsca.',
      noSpace: 'W tym folderze jest za mało miejsca. Trzeba je zwolnić albo wybrać folder na innym dysku.',
      tooLarge: 'Obraz jest większy, niż może być plik w tym folderze. Trzeba wybrać folder na innym dysku.',
      otherBytes:
        'Dysk oddał inne bajty, niż na nim zapisano. Po wznowieniu błędne części zostaną odczytane na nowo. Jeśli to się powtórzy, trzeba wybrać folder na innym dysku.',
      failed: 'Nie udało się zapisać obrazu.',
      noName: 'W tym folderze jest za dużo obrazów o tej nazwie. Trzeba wybrać inny folder.',
      noFolder: 'Tego folderu nie można użyć. Trzeba wybrać inny.',
      plugAgain: (name) => `${name}: brak nośnika. Podłącz go ponownie, aby kontynuować.`,
      notResumable: 'Tego obrazu nie można kontynuować.',
      notFinished: 'Ten obraz jeszcze się zapisuje.',
      notThere: 'Tego obrazu nie ma już na liście.',
    },
  },
} satisfies typeof english;
