/** Italian: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'Guardare prima di fidarsi',
    first:
      'Airlock apre chiavette e immagini disco di cui non ci si fida: driver propri le leggono in un processo isolato, così nulla raggiunge il kernel o i file di questo computer.',
    second: 'Guardarsi intorno, copiare ciò che serve con un clic, espellere.',
    openImage: 'Apri un’immagine…',
    trySample: 'Prova la chiavetta di esempio',
    hintDrop: 'Si può anche rilasciare un’immagine disco in qualsiasi punto di questa finestra.',
    happens:
      'Una chiavetta aperta qui viene letta dai driver di Airlock, in un processo che non può fare altro: il kernel, i programmi e la rete di questo computer ne restano fuori.',
    notChanged:
      'Sulla chiavetta non viene mai cambiato nulla, e nulla arriva su questo computer finché non lo si copia.',
    notChecked:
      'Ciò che si copia è identico a ciò che sta sulla chiavetta, e Airlock non giudica se è dannoso: va aperto con la cautela dovuta a tutto ciò che viene da sconosciuti.',
    begin: 'Inizia',
    hintKeyboard: 'Con il tasto ? si vedono in ogni momento le scorciatoie da tastiera.',
    hintPlug: 'Collegando una chiavetta, questa appare nell’elenco dei supporti.',
  },
  present: {
    open: 'Apri in sicurezza',
    explain: 'Finora non ne è stato letto nulla. Verrà aperto in sola lettura, da un processo che non può fare altro.',
    system:
      'Questo computer funziona da questo disco. Airlock lo mostra perché sono stati richiesti i dischi di sistema, e non lo apre mai.',
    size: 'Dimensione',
    location: 'Dispositivo',
    file: 'File',
    bus: 'Collegamento',
  },
  opening: {
    title: (name) => `Apertura di ${name}`,
    explain: 'Avvio di un processo isolato e lettura del contenuto.',
  },
  ejecting: { title: (name) => `Espulsione di ${name}` },
  ejected: {
    title: (name) => `${name} può essere rimosso`,
    explain: 'È stato chiuso e non vi è stato cambiato nulla.',
    again: 'Apri di nuovo',
  },
  gone: {
    title: (name) => `${name} è stato scollegato`,
    explain:
      'Il suo processo è terminato. Ciò che è stato copiato per intero è al sicuro; il resoconto di una copia in corso dice che cosa manca.',
  },
  problem: {
    stoppedTitle: (name) => `${name} non viene più letto`,
    volumeTitle: (name) => `Impossibile aprire ${name}`,
    startAgain: 'Riavvia',
    close: 'Chiudi',
    contained:
      'È stato toccato solo il processo di questo supporto. L’app, i propri file e gli altri supporti sono come prima, e il supporto non è stato modificato.',
    unchanged: 'Non vi è stato cambiato nulla.',
    details: 'Dettagli tecnici',
    log: 'Registro del kernel',
    noVolumes:
      'Su questo supporto non si può aprire nulla. Può essere vuoto, cifrato o di un tipo che Airlock non conosce.',
    at: (offset) => `al byte ${offset}`,
    expectedFound: (expected, found) => `previsto ${expected}, trovato ${found}`,
  },
} satisfies typeof english;
