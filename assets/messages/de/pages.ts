/** German: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'Erst ansehen, dann vertrauen',
    first:
      'Airlock öffnet Sticks und Abbilder, denen nicht zu trauen ist: Eigene Dateisystemtreiber lesen sie in einem abgesicherten Prozess, sodass nichts davon den Kernel oder die Dateien dieses Computers erreicht.',
    second: 'Umsehen, mit einem Klick herauskopieren, auswerfen.',
    openImage: 'Abbild öffnen …',
    trySample: 'Beispielstick ausprobieren',
    hintDrop: 'Ein Abbild lässt sich auch irgendwo in diesem Fenster ablegen.',
    happens:
      'Ein hier geöffneter Stick wird von Airlocks eigenen Treibern gelesen, in einem Prozess, der sonst nichts kann: Kernel, Programme und Netz dieses Computers bleiben außen vor.',
    notChanged:
      'Auf dem Stick wird nie etwas verändert, und nichts davon gelangt auf diesen Computer, solange es nicht herauskopiert wird.',
    notChecked:
      'Herauskopiertes ist dasselbe wie auf dem Stick, und Airlock beurteilt nicht, ob es schädlich ist: Vorsicht beim Öffnen, wie bei allem von Fremden.',
    begin: 'Los geht’s',
    hintKeyboard: 'Mit ? lassen sich jederzeit die Tastenkürzel anzeigen.',
    hintPlug: 'Ein angeschlossener Stick erscheint in der Liste der Medien.',
  },
  present: {
    open: 'Sicher öffnen',
    explain:
      'Noch wurde nichts davon gelesen. Es wird nur zum Lesen geöffnet, von einem Prozess, der sonst nichts kann.',
    system:
      'Dieser Computer läuft von diesem Laufwerk. Airlock zeigt es, weil Systemlaufwerke gezeigt werden sollen, und öffnet es nie.',
    size: 'Größe',
    location: 'Gerät',
    file: 'Datei',
    bus: 'Anschluss',
  },
  opening: {
    title: (name) => `${name} wird geöffnet`,
    explain: 'Ein abgesicherter Prozess startet und liest, was darauf ist.',
  },
  ejecting: { title: (name) => `${name} wird ausgeworfen` },
  ejected: {
    title: (name) => `${name} kann abgezogen werden`,
    explain: 'Es wurde geschlossen, und nichts darauf wurde verändert.',
    again: 'Wieder öffnen',
  },
  gone: {
    title: (name) => `${name} wurde abgezogen`,
    explain:
      'Der Prozess dafür ist beendet. Vollständig Kopiertes ist sicher; bei einer laufenden Kopie sagt der Bericht, was fehlt.',
  },
  problem: {
    stoppedTitle: (name) => `${name} wird nicht mehr gelesen`,
    volumeTitle: (name) => `${name} lässt sich nicht öffnen`,
    startAgain: 'Neu starten',
    close: 'Schließen',
    contained:
      'Betroffen war nur der Prozess für dieses Medium. Die App, die eigenen Dateien und andere Medien sind unberührt, und das Medium wurde nicht verändert.',
    unchanged: 'Nichts darauf wurde verändert.',
    details: 'Technische Einzelheiten',
    log: 'Kernelprotokoll',
    noVolumes:
      'Auf diesem Medium lässt sich nichts öffnen. Es kann leer sein, verschlüsselt oder von einer Art, die Airlock nicht kennt.',
    at: (offset) => `bei Byte ${offset}`,
    expectedFound: (expected, found) => `erwartet ${expected}, gefunden ${found}`,
  },
} satisfies typeof english;
