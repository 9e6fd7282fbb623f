/** Italian: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32: 'Manca il permesso di leggere questo dispositivo. Per aprirlo, avviare Airlock come amministratore.',
      mayNotUnless: (command) =>
        `Manca il permesso di leggere questo dispositivo. Questo lo permette finché non viene scollegato: ${command}`,
      mayNot: 'Manca il permesso di leggere questo dispositivo.',
      failed: (why) => `Impossibile aprire il dispositivo: ${why}.`,
      noMedium: 'Nell’unità non c’è un supporto, oppure è stato rimosso.',
      inUse: 'Un altro programma ha questo dispositivo tutto per sé. Chiuderlo là, poi riaprirlo qui.',
    },
    worker: {
      memory:
        'Il processo che legge questo supporto occupava troppa memoria ed è stato terminato. Il supporto può essere fatto per nuocere.',
      hung: 'Il supporto non risponde, perciò il processo che lo legge è stato terminato.',
      crashed: 'Il processo che legge questo supporto è terminato in modo imprevisto.',
      closed: 'Il supporto è stato chiuso.',
    },
    guard: {
      on: 'La scrivania è impostata per non montare da sé le chiavette. Altri programmi, e un comando manuale, possono ancora farlo.',
      onByRule:
        'UDisks dice a ogni scrivania di non montare da sé le chiavette. Altri programmi, e un comando manuale, possono ancora farlo.',
      partly: (what) => `Questo computer può ancora montare da sé le chiavette: ${what} non è impostato contro.`,
      off: 'Questo computer può montare da sé le chiavette appena vengono collegate.',
      nothing: 'Non si è trovato nulla di impostabile che monti da sé le chiavette.',
      darwin:
        'macOS monta da sé le chiavette, e Airlock non lo cambia. Prendendo il controllo di una chiavetta dopo averla collegata, macOS prima la smonta.',
      win32:
        'Windows monta da sé le chiavette. Un amministratore può impedirlo con il comando mountvol /N e permetterlo di nuovo con mountvol /E. Airlock non lo cambia.',
      rule: 'regola udev',
      locked: 'Un amministratore ha fissato questa impostazione.',
      notTaken: 'L’impostazione non ha avuto effetto.',
      notRestored: 'Impossibile ripristinare l’impostazione precedente.',
      notAuthorized: 'Serve la password di un amministratore, che non è stata data.',
      nextPlug: 'Per le chiavette già collegate vale quanto prima, finché non vengono ricollegate.',
      ruleNotFollowed: 'KDE non segue la regola udev.',
      forced: 'Alcuni dispositivi sono impostati per essere montati in ogni caso.',
    },
    letGo: {
      notMounted: 'Il sistema non lo ha montato.',
      done: 'Il sistema lo ha rilasciato.',
      noUdisks: (paths) => `Il sistema lo ha montato, e non c’è UDisks a cui chiedere: sudo umount ${paths}`,
      refused: (who) => `Il sistema non ha potuto rilasciarlo: ${who}.`,
      notLocked: (who) => `Una parte cifrata è sbloccata e non si è potuta bloccare di nuovo: ${who}.`,
      usedBy: (holders) => `lo usa ${holders}`,
      usedBySomebody: 'un programma può averne aperto dei file',
      holder: (name, pid) => `${name} (processo ${pid})`,
      win32: 'Airlock non può farlo smontare da Windows. Si può aprire comunque in lettura.',
      systemRefused: 'Il sistema non ha potuto smontarlo.',
    },
    ejectOutcome: {
      safe: 'Può essere rimosso.',
      othersInUse: (others) => `Può essere rimosso. Altri supporti nello stesso lettore sono ancora in uso: ${others}.`,
      othersOff: (others) =>
        `Può essere rimosso. Altri supporti nello stesso lettore si sono spenti con esso: ${others}.`,
      notYet: (what, who) => `Non rimuoverlo ancora. ${what}: ${who}.`,
      notYetPlain: (what) => `Non rimuoverlo ancora. ${what}.`,
      mountedStill: 'Il sistema lo ha montato e non ha potuto rilasciarlo',
      lockedNot: 'Una parte cifrata è sbloccata e non si è potuta bloccare di nuovo',
      notOff: 'Impossibile spegnere l’unità',
      nothingWritten: (why) => `${why} Non vi è stato scritto nulla: può essere rimosso comunque.`,
      noSwitch: 'L’unità non si può spegnere.',
      noTools: 'L’unità non è stata spenta: non è installato né udisksctl né eject.',
      failed: 'Impossibile spegnere l’unità.',
      notFound: 'Windows non conosce più questa unità',
      veto: {
        program: (name) => `Lo usa il programma ${name}.`,
        service: (name) => `Lo usa il servizio ${name}.`,
        driver: (name) => `Il driver ${name} non lo rilascia.`,
        open: 'Un programma ne ha aperto dei file.',
        noRights: 'Questo account non ha il permesso di espellerlo.',
        device: (name) => `Windows non lo rilascia (${name}).`,
      },
    },
  },
} satisfies typeof english;
