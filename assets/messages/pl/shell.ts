/** Polish: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'Plik',
      openImage: 'Otwórz obraz…',
      settings: 'Ustawienia…',
      find: 'Szukaj w tym folderze',
      search: 'Szukaj na nośniku…',
      view: 'Widok',
      help: 'Pomoc',
      shortcuts: 'Skróty klawiszowe',
      quit: 'Zakończ',
      close: 'Zamknij okno',
      edit: 'Edycja',
      undo: 'Cofnij',
      redo: 'Przywróć',
      cut: 'Wytnij',
      copy: 'Kopiuj',
      paste: 'Wklej',
      selectAll: 'Zaznacz wszystko',
      actualSize: 'Rzeczywisty rozmiar',
      zoomIn: 'Powiększ',
      zoomOut: 'Pomniejsz',
      fullScreen: 'Pełny ekran',
      window: 'Okno',
      minimize: 'Minimalizuj',
      about: 'O programie Airlock',
      services: 'Usługi',
      hide: 'Ukryj Airlock',
      hideOthers: 'Ukryj pozostałe',
      showAll: 'Pokaż wszystkie',
    },
    tray: {
      hint: 'Airlock: otwieranie niezaufanych pendrive’ów',
      noMedia: 'Brak podłączonego pendrive’a',
      show: 'Pokaż Airlock',
    },
    notice: {
      plugged: 'Podłączono pendrive',
      pluggedBody: (name) => `Obejrzyj go bezpiecznie: ${name}`,
      copied: 'Skopiowano',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' })} z ${name}, sprawdzone na dysku.`,
      partly: 'Skopiowano, ale nie wszystko',
      partlyBody: (files, count, name) =>
        `Nie udało się skopiować: ${files} ${plural(count, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' })} z ${name}. Airlock pokazuje które.`,
      failed: 'Kopiowanie przerwane',
      failedBody: (name) => `Nie wszystko z ${name} zostało skopiowane. Airlock pokazuje dlaczego.`,
      asks: 'Kopiowanie czeka na odpowiedź',
      asksBody: (name) => `Plik z ${name} już istnieje. Wybierz, co z nim zrobić.`,
      interrupted: 'Kopiowanie przerwane',
      interruptedBody: (name) => `Odłączono ${name}. Podłącz ponownie, aby kontynuować.`,
      imageSaved: 'Obraz zapisany',
      imageSavedBody: (name) => `Cała zawartość ${name} jest na dysku.`,
      imagePartlyBody: (name) => `Części ${name} nie udało się odczytać. Airlock pokazuje ile.`,
      imageFailed: 'Zapisywanie obrazu przerwane',
      imageFailedBody: (name) => `Obraz ${name} nie jest pełny. Airlock pokazuje dlaczego.`,
    },
    closing: {
      question: 'Kopiowanie jeszcze trwa.',
      detail: 'Skopiowane pliki zostaną; plik w trakcie kopiowania zostanie usunięty.',
      goOn: 'Kopiuj dalej',
      stop: 'Przerwij i zakończ',
    },
    dragReady: 'Skopiowano, gotowe: przeciągnij teraz.',
    pasteReady: 'Skopiowano, gotowe do wklejenia gdzie indziej, dopóki Airlock działa.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
