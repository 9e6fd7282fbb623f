/** German: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'Das hat nicht geklappt.',
    unknownRequest: 'Diese Anfrage kennt Airlock nicht.',
    badRequest: 'Diese Anfrage ist nicht, wie sie sein soll.',
    notInThisWindow: 'Das ist in diesem Fenster nicht möglich.',
    beingCopied: 'Von diesem Medium wird noch kopiert.',
    folderClosed: 'Dieser Ordner ist nicht mehr offen.',
    volumeClosed: 'Dieses Volume ist nicht offen.',
    mediumClosed: 'Dieses Medium ist nicht offen.',
    mediumGone: 'Dieses Medium ist nicht mehr da.',
    mediumPulled: 'Dieses Medium wurde abgezogen.',
    pulledOut: 'Das Medium wurde abgezogen.',
    systemDisk: 'Der Computer läuft von diesem Laufwerk. Airlock öffnet es nicht.',
    systemDiskStays: 'Der Computer läuft von diesem Laufwerk. Es wird nicht ausgeworfen.',
    noFile: 'Diese Datei ist nicht da.',
    noImage: 'Das ist kein Abbild.',
    targetNotWhole: 'Der Zielordner muss mit ganzem Pfad angegeben werden.',
    settingsNotSaved: 'Die Einstellungen konnten nicht gesichert werden.',
    folderNotWhole: 'Ein Ordner muss mit ganzem Pfad angegeben werden.',
    folderNotMade: 'Der Ordner konnte nicht angelegt werden.',
    folderUnreadable: 'Dieser Ordner lässt sich nicht lesen.',
    targetOnMedium: 'Dieser Ordner liegt auf dem Medium selbst. Bitte einen auf einem anderen Laufwerk wählen.',
    noQuestion: 'Diese Kopie hat keine offene Frage.',
    copyRuns: 'Diese Kopie ist noch nicht fertig.',
    copyGone: 'Diese Kopie gibt es nicht mehr.',
    unreadable: 'Das Medium lässt sich an dieser Stelle nicht lesen. Es kann verschlissen sein.',
    damaged: (what) => `Das Dateisystem ist beschädigt: ${what}.`,
    noFileSystem: 'Hier ist kein Dateisystem, das Airlock lesen kann.',
    unsupported: (what) => `Hier wird etwas verwendet, das Airlock nicht liest: ${what}.`,
    entryGone: 'Das ist nicht mehr da.',
    impossible: (why) => `Das ist nicht möglich: ${why}.`,
    notLockedDown: 'Der lesende Prozess ließ sich nicht absichern, deshalb wurde das Medium nicht geöffnet.',
    mayNotRead: 'Zum Lesen fehlt die Berechtigung.',
    noMedium: 'Im Laufwerk ist kein Medium, oder es wurde abgezogen.',
    cannotOpen: (why) => `Das lässt sich nicht öffnen: ${why}.`,
    sampleName: 'Beispielstick',
  },
} satisfies Translation<typeof english>;
