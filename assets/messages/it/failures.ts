/** Italian: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'Non ha funzionato.',
    unknownRequest: 'Airlock non conosce questa richiesta.',
    badRequest: 'Questa richiesta non è come dovrebbe.',
    notInThisWindow: 'In questa finestra non è possibile.',
    beingCopied: 'Si sta ancora copiando qualcosa da questo supporto.',
    folderClosed: 'Questa cartella non è più aperta.',
    volumeClosed: 'Questo volume non è aperto.',
    mediumClosed: 'Questo supporto non è aperto.',
    mediumGone: 'Questo supporto non c’è più.',
    mediumPulled: 'Questo supporto è stato scollegato.',
    pulledOut: 'Il supporto è stato scollegato.',
    systemDisk: 'Il computer funziona da questo disco. Airlock non lo apre.',
    systemDiskStays: 'Il computer funziona da questo disco. Non viene espulso.',
    noFile: 'Questo file non c’è.',
    noImage: 'Questo non è un file immagine.',
    targetNotWhole: 'La cartella di destinazione va indicata con il percorso completo.',
    settingsNotSaved: 'Impossibile salvare le impostazioni.',
    folderNotWhole: 'Una cartella va indicata con il percorso completo.',
    folderNotMade: 'Impossibile creare la cartella.',
    folderUnreadable: 'Questa cartella non è leggibile.',
    targetOnMedium: 'Questa cartella è sul supporto stesso. Sceglierne una su un altro disco.',
    noQuestion: 'Questa copia non ha domande in sospeso.',
    copyRuns: 'Questa copia non è finita.',
    copyGone: 'Questa copia non c’è più.',
    unreadable: 'In questo punto il supporto non è leggibile. Può essere usurato.',
    damaged: (what) => `Il file system è danneggiato: ${what}.`,
    noFileSystem: 'Qui non c’è un file system che Airlock sappia leggere.',
    unsupported: (what) => `Qui si usa una funzione che Airlock non legge: ${what}.`,
    entryGone: 'Non c’è più.',
    impossible: (why) => `Non è possibile: ${why}.`,
    notLockedDown: 'Il processo che legge il supporto non si è potuto isolare, perciò il supporto non è stato aperto.',
    mayNotRead: 'Manca il permesso di lettura.',
    noMedium: 'Nell’unità non c’è un supporto, oppure è stato rimosso.',
    cannotOpen: (why) => `Impossibile aprire: ${why}.`,
    sampleName: 'Chiavetta di esempio',
  },
} satisfies Translation<typeof english>;
