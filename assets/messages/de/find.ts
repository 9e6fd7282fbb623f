/** German: searching a medium, and where its space goes. */

import type { find as english } from '../en/find.ts';
import { plural } from './plural.ts';

export const find = {
  find: {
    copyResults: (shown) => `Alle Ergebnisse kopieren (${shown})`,
    open: 'Dateien suchen',
    region: 'Suchen',
    field: 'Name oder ein Teil davon',
    placeholder: 'Name, ein Teil davon oder ein Muster wie *.jpg',
    where: 'Wo gesucht wird',
    places: {
      folder: 'Dieser Ordner',
      medium: 'Überall',
    },
    placesHint: {
      folder: 'Nur Namen in diesem Ordner; die Eingabetaste sucht überall.',
      medium: 'In allen Ordnern und allen Volumes dieses Mediums.',
    },
    start: 'Suchen',
    stop: 'Anhalten',
    close: 'Suche schließen',
    criteria: 'Weitere Merkmale',
    what: 'Was',
    whats: {
      all: 'Dateien und Ordner',
      files: 'Nur Dateien',
      folders: 'Nur Ordner',
    },
    kind: 'Art',
    anyKind: 'Jede Art',
    size: 'Größe',
    sizeFrom: 'Mindestens',
    sizeTo: 'Höchstens',
    sizeUnit: 'Einheit der Größen',
    date: 'Geändert',
    dateFrom: 'Ab diesem Tag',
    dateTo: 'Bis zu diesem Tag',
    reset: 'Alles leeren',
    results: 'Ergebnisse',
    searching: (looked) => `Angesehen: ${looked} …`,
    resultsShown: (shown, count) => `${shown} ${plural(count, { one: 'Ergebnis', other: 'Ergebnisse' })}`,
    resultsSoFar: (shown, count) => `bisher ${shown} ${plural(count, { one: 'Ergebnis', other: 'Ergebnisse' })}`,
    found: (shown, count, looked) =>
      `${shown} ${plural(count, { one: 'Ergebnis', other: 'Ergebnisse' })} unter ${looked}`,
    stopped: (shown, count, looked) =>
      `Angehalten: ${shown} ${plural(count, { one: 'Ergebnis', other: 'Ergebnisse' })} unter den ersten ${looked}`,
    limited: (shown) => `Nur die ersten ${shown} Ergebnisse werden gezeigt. Bitte enger suchen.`,
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'Eintrag war', other: 'Einträge waren' })} nicht lesbar.`,
    nothing: 'Nichts gefunden.',
    nothingYet: 'Bisher nichts gefunden.',
    ask: 'Einen Namen eingeben oder Merkmale wählen, dann die Eingabetaste drücken.',
    back: (shown, count) => `Zurück zu ${shown} ${plural(count, { one: 'Ergebnis', other: 'Ergebnissen' })}`,
    closed: 'Diese Suche ist nicht mehr offen.',
  },
  kindGroups: {
    folder: 'Ordner',
    image: 'Bilder',
    video: 'Videos',
    audio: 'Audio',
    document: 'Dokumente',
    archive: 'Archive und Abbilder',
    program: 'Programme und Quelltexte',
    other: 'Anderes',
  },
  space: {
    open: 'Was den Platz belegt',
    title: 'Was den Platz belegt',
    counting: (files, folders) => `Wird zusammengezählt: ${files}, ${folders}`,
    countingSize: (size) => `bisher ${size}`,
    cancel: 'Abbrechen',
    map: (folder) => `Karte von ${folder}: je größer, desto mehr Platz`,
    hint: 'Pfeile gehen von Teil zu Teil, die Eingabetaste öffnet einen Ordner, die Rücktaste geht nach oben.',
    folders: (shown, count) => `${shown} ${plural(count, { one: 'Ordner', other: 'Ordner' })}`,
    part: (name, size, share) => [name, size, share].filter((word) => word !== '').join(', '),
    folderPart: (name, size, share, files) => [name, size, share, files].filter((word) => word !== '').join(', '),
    rest: 'Alles Kleinere',
    largest: 'Was aufgeführt ist',
    largestFiles: 'Größte Dateien',
    largestFolders: 'Größte Ordner',
    kindsOfColours: 'Farben',
    total: (size, files) => `${size} in ${files}`,
    empty: 'Hier belegt nichts Platz.',
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'Eintrag war nicht lesbar und fehlt', other: 'Einträge waren nicht lesbar und fehlen' })} in diesen Summen.`,
    limited:
      'Es sind mehr Dateien und Ordner, als sich hier unterscheiden lassen: Die kleinsten stecken in den Summen der Ordner darüber.',
    close: 'Zurück zu den Dateien',
    closed: 'Diese Summen gibt es nicht mehr.',
  },
} satisfies typeof english;
