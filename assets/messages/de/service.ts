/** German: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'Der Prozess, der dieses Medium liest, antwortete mit Unsinn und wurde beendet. Das Medium kann in böser Absicht gemacht sein.',
    },
    notADevice: 'Das ist kein Gerät.',
    notCopied: 'Nur von Airlock kopierte Dateien lassen sich anderen Programmen übergeben.',
    emptySlot: 'In diesem Laufwerk ist kein Medium.',
    busyCopying: 'Von diesem Medium wird noch kopiert. Bitte warten oder die Kopie zuerst abbrechen.',
    image: {
      noAnswer: 'Das Medium antwortet nicht. Nach dem Wiederanschließen geht es an derselben Stelle weiter.',
      notADevice: 'Nur ein angeschlossener Stick, eine Karte oder ein Laufwerk lässt sich als Abbild sichern.',
      running: 'Ein Abbild dieses Mediums wird schon gesichert.',
      cannotRead: 'Die rohen Bytes dieses Mediums lassen sich nicht lesen.',
      removed: 'Das Medium wurde abgezogen. Nach dem Wiederanschließen geht es an derselben Stelle weiter.',
      noSpace:
        'In diesem Ordner ist nicht genug Platz. Platz schaffen oder einen Ordner auf einem anderen Laufwerk wählen.',
      tooLarge:
        'Das Abbild ist größer, als eine Datei in diesem Ordner sein darf. Bitte einen Ordner auf einem anderen Laufwerk wählen.',
      otherBytes:
        'Die Festplatte hat andere Bytes zurückgegeben, als auf sie geschrieben wurden. Beim Fortsetzen wird das Falsche neu gelesen. Passiert es wieder, bitte einen Ordner auf einer anderen Festplatte wählen.',
      failed: 'Das Abbild konnte nicht gesichert werden.',
      noName: 'In diesem Ordner gibt es zu viele Abbilder dieses Namens. Bitte einen anderen Ordner wählen.',
      noFolder: 'Dieser Ordner lässt sich nicht verwenden. Bitte einen anderen wählen.',
      plugAgain: (name) => `${name} ist nicht da. Zum Weitermachen wieder anschließen.`,
      notResumable: 'Dieses Abbild lässt sich nicht fortsetzen.',
      notFinished: 'Dieses Abbild wird noch gesichert.',
      notThere: 'Dieses Abbild steht nicht mehr in der Liste.',
    },
  },
} satisfies typeof english;
