/** German: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'Tastatur',
    intro: 'Alles geht auch ohne Maus.',
    close: 'Schließen',
    or: 'oder',
    areas: {
      window: 'Überall',
      list: 'In der Dateiliste',
      look: 'Beim Ansehen einer Datei',
      dialog: 'In Dialogen',
    },
    window: {
      search: 'Das ganze Medium durchsuchen',
      find: 'Einen Namen im Ordner suchen',
      help: 'Diese Übersicht zeigen',
      openImage: 'Abbild öffnen',
      settings: 'Einstellungen',
      copyOut: 'Auswahl kopieren, sonst alles',
      eject: 'Medium auswerfen oder schließen',
      details: 'Einzelheiten ein- oder ausblenden',
      hidden: 'Versteckte Dateien ein- oder ausblenden',
    },
    list: {
      move: 'Zur Datei darüber oder darunter',
      ends: 'Zur ersten oder letzten Datei',
      pages: 'Eine Seite auf oder ab',
      range: 'Mehrere hintereinander auswählen',
      toggle: 'Zur Auswahl hinzufügen oder daraus nehmen',
      all: 'Alles auswählen',
      copyFiles: 'Zum Einfügen anderswo kopieren',
      open: 'Ordner öffnen, Datei zeigen',
      look: 'Datei ansehen',
      up: 'Zum übergeordneten Ordner',
      clear: 'Auswahl aufheben',
      menu: 'Zeigen, was möglich ist',
      type: 'Zum Namen, der so beginnt',
      typeKeys: 'Buchstaben',
    },
    look: {
      next: 'Vorige oder nächste Datei ansehen',
      pages: 'Eine Seite auf oder ab',
      ends: 'Zum Anfang oder zum Ende gehen',
      close: 'Ansehen beenden',
    },
    dialog: {
      walk: 'Zum nächsten oder vorigen Bedienelement',
      close: 'Schließen',
    },
    keys: {
      command: 'Strg',
      shift: 'Umschalt',
      alt: 'Alt',
      enter: 'Eingabe',
      backspace: 'Rücktaste',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Pos1',
      end: 'Ende',
      pageUp: 'Bild auf',
      pageDown: 'Bild ab',
      space: 'Leertaste',
    },
  },
} satisfies typeof english;
