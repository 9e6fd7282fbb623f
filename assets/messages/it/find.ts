/** Italian: searching a medium, and where its space goes. */

import type { find as english } from '../en/find.ts';
import { plural } from './plural.ts';

export const find = {
  find: {
    copyResults: (shown) => `Copia tutti i risultati (${shown})`,
    open: 'Cerca file',
    region: 'Ricerca',
    field: 'Nome o parte di esso',
    placeholder: 'Nome, parte di esso o una maschera come *.jpg',
    where: 'Dove cercare',
    places: {
      folder: 'Questa cartella',
      medium: 'Ovunque',
    },
    placesHint: {
      folder: 'Solo nomi in questa cartella; Invio cerca ovunque.',
      medium: 'In tutte le cartelle e in tutti i volumi di questo supporto.',
    },
    start: 'Cerca',
    stop: 'Ferma',
    close: 'Chiudi la ricerca',
    criteria: 'Altri criteri',
    what: 'Che cosa',
    whats: {
      all: 'File e cartelle',
      files: 'Solo file',
      folders: 'Solo cartelle',
    },
    kind: 'Genere',
    anyKind: 'Qualsiasi genere',
    size: 'Dimensione',
    sizeFrom: 'Almeno',
    sizeTo: 'Al massimo',
    sizeUnit: 'Unità delle dimensioni',
    date: 'Modificato',
    dateFrom: 'Da questo giorno',
    dateTo: 'Fino a questo giorno',
    reset: 'Svuota tutto',
    results: 'Risultati',
    searching: (looked) => `Esaminati: ${looked}…`,
    resultsShown: (shown, count) => `${shown} ${plural(count, { one: 'risultato', other: 'risultati' })}`,
    resultsSoFar: (shown, count) => `finora ${shown} ${plural(count, { one: 'risultato', other: 'risultati' })}`,
    found: (shown, count, looked) =>
      `${shown} ${plural(count, { one: 'risultato', other: 'risultati' })} tra ${looked}`,
    stopped: (shown, count, looked) =>
      `Fermato: ${shown} ${plural(count, { one: 'risultato', other: 'risultati' })} tra i primi ${looked}`,
    limited: (shown) => `Sono mostrati solo i primi ${shown} risultati. Conviene cercare qualcosa di più preciso.`,
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'elemento illeggibile', other: 'elementi illeggibili' })}.`,
    nothing: 'Non si è trovato nulla.',
    nothingYet: 'Finora non si è trovato nulla.',
    ask: 'Scrivere un nome, o scegliere dei criteri, e premere Invio.',
    back: (shown, count) => `Torna a ${shown} ${plural(count, { one: 'risultato', other: 'risultati' })}`,
    closed: 'Questa ricerca non è più aperta.',
  },
  kindGroups: {
    folder: 'Cartelle',
    image: 'Immagini',
    video: 'Filmati',
    audio: 'Suoni',
    document: 'Documenti',
    archive: 'Archivi e immagini disco',
    program: 'Programmi e codice',
    other: 'Altro',
  },
  space: {
    open: 'Che cosa occupa lo spazio',
    title: 'Che cosa occupa lo spazio',
    counting: (files, folders) => `Somma in corso: ${files}, ${folders}`,
    countingSize: (size) => `finora ${size}`,
    cancel: 'Annulla',
    map: (folder) => `Mappa di ${folder}: più è grande, più spazio occupa`,
    hint: 'Le frecce vanno da parte a parte, Invio apre una cartella, Backspace sale.',
    folders: (shown, count) => `${shown} ${plural(count, { one: 'cartella', other: 'cartelle' })}`,
    part: (name, size, share) => [name, size, share].filter((word) => word !== '').join(', '),
    folderPart: (name, size, share, files) => [name, size, share, files].filter((word) => word !== '').join(', '),
    rest: 'Tutto ciò che è più piccolo',
    largest: 'Che cosa è elencato',
    largestFiles: 'File più grandi',
    largestFolders: 'Cartelle più grandi',
    kindsOfColours: 'Colori',
    total: (size, files) => `${size} contenuti in ${files}`,
    empty: 'Qui nulla occupa spazio.',
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'elemento illeggibile, non compreso', other: 'elementi illeggibili, non compresi' })} in queste somme.`,
    limited:
      'Ci sono più file e cartelle di quanti se ne possano distinguere qui: i più piccoli sono nelle somme delle cartelle sopra.',
    close: 'Torna ai file',
    closed: 'Queste somme non ci sono più.',
  },
} satisfies typeof english;
