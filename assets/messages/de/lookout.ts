/** German: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: 'Ausguck',
    button: 'Ausguck',
    back: 'Zurück zu den Dateien',
    heading: (name) => `Was auf ${name} Verdacht verdient`,
    explain:
      'Airlock geht im abgesicherten Prozess jeden Namen und den Anfang jeder Datei durch. Nichts wird geöffnet, und nichts verlässt diesen Computer.',
    again: 'Erneut nachsehen',
    stop: 'Anhalten',
    scanning: (shown, count) => `Sieht nach: bisher ${shown} ${plural(count, { one: 'Datei', other: 'Dateien' })}`,
    done: (shown, count) => `${shown} ${plural(count, { one: 'Datei', other: 'Dateien' })} angesehen`,
    doneIn: (shown, count, duration) =>
      `${shown} ${plural(count, { one: 'Datei', other: 'Dateien' })} in ${duration} angesehen`,
    stopped: (shown, count) =>
      `Nach ${shown} ${plural(count, { one: 'Datei', other: 'Dateien' })} angehalten. Was folgt, ist nicht alles.`,
    failed: 'Der Ausguck konnte nicht zu Ende geführt werden',
    none: 'Für dieses Volume gibt es keinen Ausguck.',
    cleanTitle: 'Von der Liste fand sich nichts',
    clean: 'Das beweist nicht, dass es harmlos ist. Unerwartetes trotzdem mit Vorsicht öffnen.',
    unread: (shown, count) =>
      `${shown} ${plural(count, { one: 'Datei oder Ordner', other: 'Dateien oder Ordner' })} nicht ansehbar: Es kann also mehr geben.`,
    unreadMore: 'Zeigen, welche',
    unreadLess: 'Ausblenden',
    danger: 'Gefahr',
    dangerHint: 'Nicht öffnen, wenn nicht klar ist, warum es da ist.',
    note: 'Wissenswert',
    noteHint: 'Häufig und oft harmlos. Vor dem Öffnen zweimal hinsehen.',
    groups: 'Funde nach Gewicht',
    harmless: 'Sieht seltsam aus, ist harmlos',
    harmlessHint: 'Aufgeführt, damit sich niemand wundern muss.',
    count: (shown, count) => `${shown} ${plural(count, { one: 'Fund', other: 'Funde' })}`,
    kept: (kept, count) => `Aufgeführt sind die ersten ${kept} von ${count}.`,
    more: (shown) => `${shown} weitere zeigen`,
    fewer: 'Weniger zeigen',
    show: 'Im Ordner zeigen',
    showLabel: (name) => `Im Ordner zeigen: ${name}`,
    inRoot: 'ganz oben im Volume',
    hidden: 'versteckt',
    sorts: {
      windows: 'ein Windows-Programm',
      linux: 'ein Linux-Programm',
      mac: 'ein Mac-Programm',
      java: 'ein Java-Programm',
      android: 'eine Android-App',
      installer: 'ein Installationsprogramm',
      script: 'ein Skript',
      shortcut: 'eine Verknüpfung',
      help: 'eine Hilfedatei, die Programme starten kann',
      other: 'ein Programm',
    },
    kinds: {
      autorun: {
        title: 'Startet von selbst',
        reason: () =>
          'Diese autorun.inf lässt Windows ein Programm starten, wenn das Medium angeschlossen oder angeklickt wird.',
      },
      'autorun-settings': {
        title: 'Name und Symbol des Mediums',
        reason: () => 'Diese autorun.inf setzt nur einen Namen oder ein Symbol; sie startet nichts.',
      },
      autostart: {
        title: 'Startet unter Linux von selbst',
        reason: () => 'Linux-Desktops bieten an, eine Datei dieses Namens beim Anschließen auszuführen oder zu öffnen.',
      },
      'shortcut-command': {
        title: 'Verknüpfungen, die Befehle ausführen',
        reason: () => 'Diese Verknüpfung öffnet keine Datei: Sie führt einen Befehl aus.',
      },
      'shortcut-network': {
        title: 'Verknüpfungen zu einem anderen Computer',
        reason: () =>
          'Durch diese Verknüpfung nimmt Windows Verbindung zu einem anderen Computer auf, was die Anmeldung verraten kann.',
      },
      shortcut: {
        title: 'Verknüpfungen',
        reason: () => 'Eine Verknüpfung öffnet etwas anderes, als Name und Symbol zeigen.',
      },
      launcher: {
        title: 'Starter',
        reason: () => 'Unter Linux führt dieser Starter einen Befehl aus, was auch immer Name und Symbol zeigen.',
      },
      link: {
        title: 'Verweise ins Web',
        reason: () => 'Das Öffnen führt auf eine Website.',
      },
      'link-scheme': {
        title: 'Verweise auf anderes als das Web',
        reason: () => 'Dieser Verweis führt nicht auf eine Website: Er lässt ein Programm des Systems tätig werden.',
      },
      'network-lure': {
        title: 'Nimmt beim Anzeigen Verbindung auf',
        reason: () =>
          'Sobald der Ordner dieser Datei gezeigt oder sie geöffnet wird, nimmt Windows Verbindung zu einem anderen Computer auf, was die Anmeldung verraten kann.',
      },
      'search-file': {
        title: 'Gespeicherte Suchen und Bibliotheken',
        reason: () => 'Diese Datei lässt Windows Ordner zeigen, die anderswo liegen.',
      },
      'folder-double': {
        title: 'Steht an der Stelle von etwas Verstecktem',
        reason: ({ sort }) =>
          `Die Datei oder der Ordner dieses Namens ist versteckt, und an ihrer Stelle steht ${sort}: So verbreiten sich USB-Würmer.`,
      },
      'shell-folder': {
        title: 'Ordner, die nicht sind, was sie scheinen',
        reason: () => 'Das Ende dieses Ordnernamens lässt Windows etwas anderes zeigen, als darin ist.',
      },
      'double-extension': {
        title: 'Programme mit dem Namen eines Dokuments',
        reason: ({ sort }) => `Der Name sieht nach einem Dokument aus, dem letzten Teil nach ist es ${sort}.`,
      },
      'spaced-extension': {
        title: 'Aus dem Blick geschobene Endungen',
        reason: ({ sort }) => `Viele Leerzeichen im Namen halten sein Ende aus dem Blick: Es ist ${sort}.`,
      },
      'direction-override': {
        title: 'Namen, die sich umkehren',
        reason: () =>
          'Ein verborgenes Zeichen kehrt einen Teil des Namens um, sodass sein Ende nach etwas anderem aussieht.',
      },
      'direction-mark': {
        title: 'Namen mit Richtungszeichen',
        reason: () =>
          'Unsichtbare Zeichen im Namen lenken die Schreibrichtung; arabische und hebräische Namen können sie haben.',
      },
      'blank-name': {
        title: 'Namen, die nichts zeigen',
        reason: () => 'Der Name besteht nur aus leeren Zeichen, sodass er in einer Liste nicht zu sehen ist.',
      },
      'invisible-name': {
        title: 'Unsichtbare Zeichen in Namen',
        reason: () => 'Der Name enthält Zeichen, die man nicht sieht, sodass er wie ein anderer aussehen kann.',
      },
      'look-alike': {
        title: 'Namen, die gleich aussehen',
        reason: () =>
          'Mit Buchstaben eines anderen Alphabets sieht dieser Name aus wie der einer anderen Datei daneben.',
      },
      'mixed-script': {
        title: 'Buchstaben mehrerer Alphabete in einem Wort',
        reason: () => 'Ein Wort im Namen mischt lateinische Buchstaben mit anderen, die so aussehen.',
      },
      'disguised-program': {
        title: 'Programme, die sich als Dokumente ausgeben',
        reason: ({ sort }) => `Dem Namen nach ist es ein Dokument, Bild oder eine Aufnahme, dem Inhalt nach ${sort}.`,
      },
      'hidden-program': {
        title: 'Versteckte Programme',
        reason: ({ sort }) => `Das ist ${sort}, und es ist versteckt.`,
      },
      program: {
        title: 'Programme',
        reason: ({ sort }) => `Das ist ${sort}: Es kann alles, was das eigene Konto kann.`,
      },
      script: {
        title: 'Skripte',
        reason: () => 'Ein Skript führt beim Öffnen aus, was darin geschrieben steht.',
      },
      'content-mismatch': {
        title: 'Nicht, was der Name sagt',
        reason: () => 'Dem Namen nach ist es ein Bild, eine Aufnahme oder ein PDF; der Inhalt ist etwas anderes.',
      },
      'picture-script': {
        title: 'Bilder mit einem Skript darin',
        reason: () => 'Diese Zeichnung enthält ein Skript, das ein Browser beim Anzeigen ausführt.',
      },
      'macros-disguised': {
        title: 'Makros unter einem Namen, der keine verspricht',
        reason: () => 'Diese Office-Datei enthält Makros, obwohl Dateien solchen Namens keine haben sollten.',
      },
      macros: {
        title: 'Office-Dateien mit Makros',
        reason: () => 'Diese Office-Datei enthält Makros: Programme, die laufen, wenn man sie zulässt.',
      },
      'remote-template': {
        title: 'Dokumente, die etwas holen',
        reason: () => 'Beim Öffnen holt dieses Dokument eine Vorlage oder ein Objekt von einem anderen Computer.',
      },
      'embedded-object': {
        title: 'Dokumente mit Objekten darin',
        reason: () =>
          'Dieses Dokument enthält ein Objekt, das beim Öffnen oder Anklicken ein anderes Programm starten kann.',
      },
      'pdf-launch': {
        title: 'PDFs, die Programme starten',
        reason: () => 'Dieses PDF will ein Programm starten.',
      },
      'pdf-script': {
        title: 'PDFs mit Skripten',
        reason: () => 'Dieses PDF enthält ein Skript; Formulare haben auch welche.',
      },
      'pdf-attachment': {
        title: 'PDFs mit Anhängen',
        reason: () => 'Dieses PDF enthält andere Dateien.',
      },
      'encrypted-archive': {
        title: 'Archive mit Passwort',
        reason: () =>
          'Was in diesem Archiv ist, lässt sich ohne Passwort nicht ansehen; auch kein Virenscanner kann es.',
      },
      'encrypted-document': {
        title: 'Dokumente mit Passwort',
        reason: () => 'Was in diesem Dokument ist, lässt sich ohne Passwort nicht ansehen.',
      },
      'archive-bomb': {
        title: 'Archive, die sich absurd groß entpacken',
        reason: ({ size }) =>
          `Entpackt gibt dieses Archiv ${size} an oder wiederholt sich endlos: Es ist gemacht, um ein Laufwerk zu füllen.`,
      },
      'disk-image': {
        title: 'Abbilder',
        reason: () =>
          'Vom System geöffnet wird ein Abbild zum Laufwerk; was darin ist, wurde nicht angesehen. Airlock kann es als Medium öffnen.',
      },
      stream: {
        title: 'Inhalt in einem zweiten Datenstrom',
        reason: ({ size }) => `Neben ihrem Inhalt hat die Datei ${size} in einem Datenstrom, den keine Liste zeigt.`,
      },
      'stream-program': {
        title: 'Programme in einem zweiten Datenstrom',
        reason: ({ sort }) => `Neben ihrem Inhalt hat die Datei ${sort} in einem Datenstrom, den keine Liste zeigt.`,
      },
      'origin-mark': {
        title: 'Als heruntergeladen markiert',
        reason: () => 'Ein Vermerk von Windows, dass die Datei von anderswo kam. Er schützt.',
      },
      'known-stream': {
        title: 'Vermerke bekannter Programme',
        reason: () => 'Ein bekanntes Programm legt seine Vermerke in einem zweiten Datenstrom dieser Datei ab.',
      },
      'illegal-name': {
        title: 'Namen, die dieser Computer nicht aufnehmen kann',
        reason: () =>
          'Eine Kopie bekommt einen anderen Namen, weil dieser zu lang ist oder Zeichen hat, die hier nicht möglich sind.',
      },
      'colliding-name': {
        title: 'Namen, die hier zusammenfallen',
        reason: () =>
          'Für diesen Computer sind dieser Name und der einer anderen Datei daneben gleich; eine Kopie bekommt einen anderen Namen.',
      },
      'larger-than-medium': {
        title: 'Größer als das Medium',
        reason: ({ size }) =>
          `Sie gibt ${size} an, mehr als das ganze Volume fasst: Ihr Inhalt kann nicht vollständig da sein.`,
      },
      'shared-content': {
        title: 'Inhalt, der zwei Dateien gehört',
        reason: () =>
          'Sie beginnt an derselben Stelle wie eine andere Datei: Das Dateisystem ist beschädigt oder erfunden, und mindestens eine von beiden ist falsch.',
      },
      'strange-date': {
        title: 'Unmögliche Daten',
        reason: () => 'Ihr Datum liegt vor 1980 oder in der Zukunft.',
      },
      setuid: {
        title: 'Programme, die als jemand anders laufen',
        reason: () =>
          'Unter Linux und macOS liefe dieses Programm mit den Rechten seines Besitzers. Kopien verlieren dieses Zeichen.',
      },
      'device-node': {
        title: 'Gerätedateien',
        reason: () => 'Das steht für ein Gerät des Computers und nicht für Inhalt. Es wird nie kopiert.',
      },
      'outside-link': {
        title: 'Verweise, die aus dem Medium hinausführen',
        reason: () =>
          'Dieser Verweis führt an eine Stelle außerhalb des Mediums: Auf diesem Computer zeigte er auf eigene Dateien.',
      },
    },
  },
} satisfies typeof english;
