/** Polish: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'Klawiatura',
    intro: 'Wszystko da się zrobić bez myszy.',
    close: 'Zamknij',
    or: 'lub',
    areas: {
      window: 'Wszędzie',
      list: 'Na liście plików',
      look: 'Podczas oglądania pliku',
      dialog: 'W oknach dialogowych',
    },
    window: {
      search: 'Przeszukaj cały nośnik',
      find: 'Szukaj nazwy w folderze',
      help: 'Pokaż tę mapę',
      openImage: 'Otwórz obraz',
      settings: 'Ustawienia',
      copyOut: 'Kopiuj zaznaczone albo wszystko',
      eject: 'Wysuń lub zamknij nośnik',
      details: 'Pokaż lub ukryj szczegóły',
      hidden: 'Pokaż lub ukryj ukryte pliki',
    },
    list: {
      move: 'Przejdź do pliku wyżej lub niżej',
      ends: 'Przejdź do pierwszego lub ostatniego pliku',
      pages: 'Stronę w górę lub w dół',
      range: 'Zaznacz kilka po kolei',
      toggle: 'Dodaj do zaznaczenia lub usuń z niego',
      all: 'Zaznacz wszystko',
      copyFiles: 'Kopiuj do wklejenia gdzie indziej',
      open: 'Otwórz folder, pokaż plik',
      look: 'Obejrzyj plik',
      up: 'Przejdź do folderu wyżej',
      clear: 'Usuń zaznaczenie',
      menu: 'Pokaż, co można zrobić',
      type: 'Przejdź do nazwy, która tak się zaczyna',
      typeKeys: 'Litery',
    },
    look: {
      next: 'Obejrzyj poprzedni lub następny plik',
      pages: 'Stronę w górę lub w dół',
      ends: 'Przejdź na początek lub na koniec',
      close: 'Zakończ oglądanie',
    },
    dialog: {
      walk: 'Przejdź do następnego lub poprzedniego elementu',
      close: 'Zamknij',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Shift',
      alt: 'Alt',
      enter: 'Enter',
      backspace: 'Backspace',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Home',
      end: 'End',
      pageUp: 'Page Up',
      pageDown: 'Page Down',
      space: 'Spacja',
    },
  },
} satisfies typeof english;
