/** German: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'Datei',
      openImage: 'Abbild öffnen …',
      settings: 'Einstellungen …',
      find: 'In diesem Ordner suchen',
      search: 'Im Medium suchen …',
      view: 'Darstellung',
      help: 'Hilfe',
      shortcuts: 'Tastenkürzel',
      quit: 'Beenden',
      close: 'Fenster schließen',
      edit: 'Bearbeiten',
      undo: 'Rückgängig',
      redo: 'Wiederholen',
      cut: 'Ausschneiden',
      copy: 'Kopieren',
      paste: 'Einfügen',
      selectAll: 'Alles auswählen',
      actualSize: 'Originalgröße',
      zoomIn: 'Vergrößern',
      zoomOut: 'Verkleinern',
      fullScreen: 'Vollbild',
      window: 'Fenster',
      minimize: 'Minimieren',
      about: 'Über Airlock',
      services: 'Dienste',
      hide: 'Airlock ausblenden',
      hideOthers: 'Andere ausblenden',
      showAll: 'Alle einblenden',
    },
    tray: {
      hint: 'Airlock: nicht vertrauenswürdige Sticks öffnen',
      noMedia: 'Kein Stick angeschlossen',
      show: 'Airlock zeigen',
    },
    notice: {
      plugged: 'Ein Stick wurde angeschlossen',
      pluggedBody: (name) => `Sicher ansehen: ${name}`,
      copied: 'Kopiert',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'Datei', other: 'Dateien' })} von ${name}, auf dem Laufwerk geprüft.`,
      partly: 'Kopiert, aber nicht alles',
      partlyBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'Datei', other: 'Dateien' })} von ${name}: Kopieren fehlgeschlagen. Airlock zeigt, welche.`,
      failed: 'Kopieren abgebrochen',
      failedBody: (name) => `Nicht alles von ${name} wurde kopiert. Airlock zeigt, warum.`,
      asks: 'Eine Kopie wartet auf Antwort',
      asksBody: (name) => `Eine Datei von ${name} ist schon da. Bitte wählen, was mit ihr geschehen soll.`,
      interrupted: 'Eine Kopie wurde unterbrochen',
      interruptedBody: (name) => `${name} wurde abgezogen. Zum Fortsetzen wieder anschließen.`,
      imageSaved: 'Das Abbild ist gespeichert',
      imageSavedBody: (name) => `${name} ist vollständig auf dem Laufwerk.`,
      imagePartlyBody: (name) => `Ein Teil von ${name} war nicht lesbar. Airlock zeigt, wie viel.`,
      imageFailed: 'Speichern des Abbilds abgebrochen',
      imageFailedBody: (name) => `Das Abbild von ${name} ist nicht vollständig. Airlock zeigt, warum.`,
    },
    closing: {
      question: 'Eine Kopie läuft noch.',
      detail: 'Schon kopierte Dateien bleiben; die gerade bearbeitete wird entfernt.',
      goOn: 'Weiter kopieren',
      stop: 'Abbrechen und beenden',
    },
    dragReady: 'Kopiert und bereit: jetzt hinausziehen.',
    pasteReady: 'Kopiert und bereit: anderswo einfügen, solange Airlock läuft.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
