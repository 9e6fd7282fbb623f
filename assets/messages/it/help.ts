/** Italian: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'Tastiera',
    intro: 'Tutto si può fare senza mouse.',
    close: 'Chiudi',
    or: 'o',
    areas: {
      window: 'Ovunque',
      list: 'Nell’elenco dei file',
      look: 'Mentre si guarda un file',
      dialog: 'Nelle finestre di dialogo',
    },
    window: {
      search: 'Cerca nell’intero supporto',
      find: 'Cerca un nome nella cartella',
      help: 'Mostra questa mappa',
      openImage: 'Apri un’immagine',
      settings: 'Impostazioni',
      copyOut: 'Copia la selezione, o tutto',
      eject: 'Espelli o chiudi il supporto',
      details: 'Mostra o nascondi i dettagli',
      hidden: 'Mostra o nascondi i file nascosti',
    },
    list: {
      move: 'Vai al file sopra o sotto',
      ends: 'Vai al primo o all’ultimo file',
      pages: 'Su o giù di una pagina',
      range: 'Seleziona più file di seguito',
      toggle: 'Aggiungi alla selezione o togli',
      all: 'Seleziona tutto',
      copyFiles: 'Copiare per incollare altrove',
      open: 'Apri la cartella, mostra il file',
      look: 'Guarda il file',
      up: 'Vai alla cartella superiore',
      clear: 'Non selezionare nulla',
      menu: 'Mostra che cosa si può fare',
      type: 'Vai al nome che inizia così',
      typeKeys: 'Lettere',
    },
    look: {
      next: 'Guarda il file precedente o successivo',
      pages: 'Su o giù di una pagina',
      ends: 'Vai all’inizio o alla fine',
      close: 'Smetti di guardare',
    },
    dialog: {
      walk: 'Vai al controllo successivo o precedente',
      close: 'Chiudi',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Maiusc',
      alt: 'Alt',
      enter: 'Invio',
      backspace: 'Backspace',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Inizio',
      end: 'Fine',
      pageUp: 'Pag su',
      pageDown: 'Pag giù',
      space: 'Spazio',
    },
  },
} satisfies typeof english;
