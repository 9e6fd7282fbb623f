/** Polish: searching a medium, and where its space goes. */

import type { find as english } from '../en/find.ts';
import { plural } from './plural.ts';

export const find = {
  find: {
    copyResults: (shown) => `Kopiuj wszystkie wyniki (${shown})`,
    open: 'Szukaj plików',
    region: 'Szukanie',
    field: 'Nazwa lub jej część',
    placeholder: 'Nazwa, jej część lub maska, np. *.jpg',
    where: 'Gdzie szukać',
    places: {
      folder: 'Ten folder',
      medium: 'Wszędzie',
    },
    placesHint: {
      folder: 'Tylko nazwy w tym folderze; Enter szuka wszędzie.',
      medium: 'We wszystkich folderach i woluminach tego nośnika.',
    },
    start: 'Szukaj',
    stop: 'Zatrzymaj',
    close: 'Zamknij szukanie',
    criteria: 'Więcej kryteriów',
    what: 'Co',
    whats: {
      all: 'Pliki i foldery',
      files: 'Tylko pliki',
      folders: 'Tylko foldery',
    },
    kind: 'Rodzaj',
    anyKind: 'Dowolny rodzaj',
    size: 'Rozmiar',
    sizeFrom: 'Co najmniej',
    sizeTo: 'Co najwyżej',
    sizeUnit: 'Jednostka rozmiarów',
    date: 'Zmieniono',
    dateFrom: 'Od tego dnia',
    dateTo: 'Do tego dnia',
    reset: 'Wyczyść wszystko',
    results: 'Wyniki',
    searching: (looked) => `Przejrzano: ${looked}…`,
    resultsShown: (shown, count) =>
      `${shown} ${plural(count, { one: 'wynik', few: 'wyniki', many: 'wyników', other: 'wyniku' })}`,
    resultsSoFar: (shown, count) =>
      `dotąd ${shown} ${plural(count, { one: 'wynik', few: 'wyniki', many: 'wyników', other: 'wyniku' })}`,
    found: (shown, count, looked) =>
      `${shown} ${plural(count, { one: 'wynik', few: 'wyniki', many: 'wyników', other: 'wyniku' })}; przejrzano ${looked}`,
    stopped: (shown, count, looked) =>
      `Zatrzymano: ${shown} ${plural(count, { one: 'wynik', few: 'wyniki', many: 'wyników', other: 'wyniku' })}; przejrzano ${looked}`,
    limited: (shown) => `Pokazano tylko pierwsze wyniki (${shown}). Warto zawęzić szukanie.`,
    unreadable: (shown, count) =>
      `Nie udało się odczytać: ${shown} ${plural(count, { one: 'element', few: 'elementy', many: 'elementów', other: 'elementu' })}.`,
    nothing: 'Niczego nie znaleziono.',
    nothingYet: 'Dotąd niczego nie znaleziono.',
    ask: 'Wpisz nazwę lub wybierz kryteria i naciśnij Enter.',
    back: (shown, count) =>
      `Wróć do wyników: ${shown} ${plural(count, { one: 'wynik', few: 'wyniki', many: 'wyników', other: 'wyniku' })}`,
    closed: 'To szukanie nie jest już otwarte.',
  },
  kindGroups: {
    folder: 'Foldery',
    image: 'Obrazy',
    video: 'Filmy',
    audio: 'Dźwięk',
    document: 'Dokumenty',
    archive: 'Archiwa i obrazy dysków',
    program: 'Programy i kod',
    other: 'Inne',
  },
  space: {
    open: 'Co zajmuje miejsce',
    title: 'Co zajmuje miejsce',
    counting: (files, folders) => `Sumowanie: ${files}, ${folders}`,
    countingSize: (size) => `dotąd ${size}`,
    cancel: 'Anuluj',
    map: (folder) => `Mapa folderu ${folder}: im większe, tym więcej zajmuje miejsca`,
    hint: 'Strzałki przechodzą między częściami, Enter otwiera folder, Backspace idzie wyżej.',
    folders: (shown, count) =>
      `${shown} ${plural(count, { one: 'folder', few: 'foldery', many: 'folderów', other: 'folderu' })}`,
    part: (name, size, share) => [name, size, share].filter((word) => word !== '').join(', '),
    folderPart: (name, size, share, files) => [name, size, share, files].filter((word) => word !== '').join(', '),
    rest: 'Wszystko mniejsze',
    largest: 'Co jest na liście',
    largestFiles: 'Największe pliki',
    largestFolders: 'Największe foldery',
    kindsOfColours: 'Kolory',
    total: (size, files) => `${size}, ${files}`,
    empty: 'Nic tu nie zajmuje miejsca.',
    unreadable: (shown, count) =>
      `Nie udało się odczytać i nie wliczono: ${shown} ${plural(count, { one: 'element', few: 'elementy', many: 'elementów', other: 'elementu' })}.`,
    limited: 'Plików i folderów jest więcej, niż da się tu rozróżnić: najmniejsze są w sumach folderów wyżej.',
    close: 'Wróć do plików',
    closed: 'Tych sum już nie ma.',
  },
} satisfies typeof english;
