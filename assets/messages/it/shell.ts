/** Italian: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'File',
      openImage: 'Apri un’immagine…',
      settings: 'Impostazioni…',
      find: 'Cerca in questa cartella',
      search: 'Cerca nel supporto…',
      view: 'Vista',
      help: 'Aiuto',
      shortcuts: 'Scorciatoie da tastiera',
      quit: 'Esci',
      close: 'Chiudi finestra',
      edit: 'Modifica',
      undo: 'Annulla',
      redo: 'Ripristina',
      cut: 'Taglia',
      copy: 'Copia',
      paste: 'Incolla',
      selectAll: 'Seleziona tutto',
      actualSize: 'Dimensioni reali',
      zoomIn: 'Ingrandisci',
      zoomOut: 'Riduci',
      fullScreen: 'Schermo intero',
      window: 'Finestra',
      minimize: 'Riduci a icona',
      about: 'Informazioni su Airlock',
      services: 'Servizi',
      hide: 'Nascondi Airlock',
      hideOthers: 'Nascondi altre',
      showAll: 'Mostra tutte',
    },
    tray: {
      hint: 'Airlock: aprire chiavette di cui non ci si fida',
      noMedia: 'Nessuna chiavetta collegata',
      show: 'Mostra Airlock',
    },
    notice: {
      plugged: 'È stata collegata una chiavetta',
      pluggedBody: (name) => `Guardarla in sicurezza: ${name}`,
      copied: 'Copia terminata',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'file', other: 'file' })} da ${name}, con verifica sul disco.`,
      partly: 'Copiato, ma non tutto',
      partlyBody: (files, count, name) =>
        `${files} file di ${name} ${plural(count, { one: 'non copiato', other: 'non copiati' })}. Airlock mostra quali.`,
      failed: 'La copia si è fermata',
      failedBody: (name) => `Non tutto è stato copiato da ${name}. Airlock mostra perché.`,
      asks: 'Una copia attende una risposta',
      asksBody: (name) => `Un file di ${name} esiste già. Scegliere che cosa farne.`,
      interrupted: 'Una copia è stata interrotta',
      interruptedBody: (name) => `${name} è stata scollegata. Ricollegarla per continuare.`,
      imageSaved: 'L’immagine è salvata',
      imageSavedBody: (name) => `Tutto il contenuto di ${name} è sul disco.`,
      imagePartlyBody: (name) => `Una parte di ${name} non è leggibile. Airlock mostra quanto.`,
      imageFailed: 'Salvataggio dell’immagine interrotto',
      imageFailedBody: (name) => `L’immagine di ${name} non è completa. Airlock mostra perché.`,
    },
    closing: {
      question: 'Una copia è ancora in corso.',
      detail: 'I file già copiati restano; quello in lavorazione viene rimosso.',
      goOn: 'Continua a copiare',
      stop: 'Ferma ed esci',
    },
    dragReady: 'Copiato e pronto: trascinare ora.',
    pasteReady: 'Copiato e pronto da incollare altrove, finché Airlock è aperto.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
