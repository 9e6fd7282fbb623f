/** Italian: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'Il processo che legge questo supporto ha risposto cose senza senso ed è stato terminato. Il supporto può essere fatto per nuocere.',
    },
    notADevice: 'Questo non è un dispositivo.',
    notCopied: 'Solo i file copiati da Airlock si possono consegnare ad altri programmi.',
    emptySlot: 'In questa unità non c’è un supporto.',
    busyCopying: 'Si sta ancora copiando qualcosa da questo supporto. Attendere, o annullare prima la copia.',
    image: {
      noAnswer: 'Il supporto non risponde. Ricollegandolo si riprende da dove si era fermato.',
      notADevice: 'Solo una chiavetta, una scheda o un’unità collegata si può salvare come immagine.',
      running: 'Un’immagine di questo supporto è già in corso di salvataggio.',
      cannotRead: 'I byte grezzi di questo supporto non sono leggibili.',
      removed: 'Il supporto è stato scollegato. Ricollegandolo si riprende da dove si era fermato.',
      noSpace: 'In questa cartella non c’è spazio sufficiente. Liberarne, o scegliere una cartella su un altro disco.',
      tooLarge:
        'L’immagine è più grande di quanto un file possa essere in questa cartella. Scegliere una cartella su un altro disco.',
      otherBytes:
        'Il disco ha restituito byte diversi da quelli scritti. Riprendendo, ciò che è sbagliato viene riletto. Se succede ancora, scegliere una cartella su un altro disco.',
      failed: 'Impossibile salvare l’immagine.',
      noName: 'In questa cartella ci sono troppe immagini con questo nome. Scegliere un’altra cartella.',
      noFolder: 'Questa cartella non è utilizzabile. Sceglierne un’altra.',
      plugAgain: (name) => `${name} non c’è. Ricollegarlo per continuare.`,
      notResumable: 'Questa immagine non si può riprendere.',
      notFinished: 'Questa immagine è ancora in corso di salvataggio.',
      notThere: 'Questa immagine non è più nell’elenco.',
    },
  },
} satisfies typeof english;
