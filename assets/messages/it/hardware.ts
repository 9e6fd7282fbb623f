/** Italian: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `Letto dal driver di questo computer: ${drivers}`,
    title: 'Questo computer lo ha già montato',
    explain: (where) =>
      `È montato in ${where}: il kernel di questo computer ne ha letto il file system. Airlock può farlo smontare e trattenerlo, così che nient’altro lo monti mentre lo si guarda.`,
    button: 'Prendi il controllo e apri in sicurezza',
    openAnyway: 'Apri senza prendere il controllo',
    done: (name) => `Airlock trattiene ${name}: nient’altro lo monta finché è aperto qui.`,
    banner: (where) => `Questo computer lo ha montato anche in ${where}.`,
    bannerButton: 'Prendi il controllo',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state} (${note})`,
    part: (name, state) => `${name}: ${state}`,
    label: 'Impedisci a questo computer di montare da sé le chiavette',
    hint: 'Così nulla viene letto da una chiavetta prima di aprirla qui. Disattivandolo si ripristina ciò che era impostato prima.',
    reading: 'Interrogazione del computer…',
    unknown: 'Su questo computer non si è trovato nulla di impostabile che monti da sé le chiavette.',
    details: 'Che cosa è impostato',
    partOn: 'non monta le chiavette',
    partOff: 'può montare le chiavette',
    partAbsent: 'non presente su questo computer',
  },
  imaging: {
    save: 'Salva un’immagine dell’intera chiavetta…',
    region: 'Immagini in corso di salvataggio',
    reading: (name) => `Salvataggio di un’immagine di ${name}`,
    finishing: 'Conclusione: verifica di ciò che è stato scritto',
    done: (name) => `L’immagine di ${name} è salvata`,
    doneWith: (name, unreadable) => `L’immagine di ${name} è salvata; illeggibile: ${unreadable}`,
    doneWithExplain: 'Ciò che non era leggibile sta nell’immagine come zeri; la mappa accanto dice dove.',
    interrupted: (name) => `${name} è stato scollegato`,
    cancelled: 'L’immagine non è completa',
    cancelledExplain: 'Ciò che è stato letto finora resta e si può riprendere.',
    failed: 'Impossibile salvare l’immagine',
    progress: (done, total) => `${done} di ${total}`,
    progressLabel: (name) => `Avanzamento dell’immagine di ${name}`,
    unreadable: (size) => `finora illeggibili ${size}`,
    resumed: (size) => `${size} già presenti da prima`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'Ferma',
    resume: 'Riprendi',
    dismiss: 'Chiudi',
    reveal: 'Mostra nella cartella',
  },
  slot: {
    title: 'In questo vano non c’è nulla',
    explain: 'Inserendo una scheda o un disco, appare qui.',
    drive: 'Unità',
    badge: 'Vuoto',
    badgeHint: 'In questa unità non c’è un supporto.',
  },
  siblings: {
    title: 'Nello stesso lettore ci sono altri supporti',
    explain: (names) =>
      `${names}. Se questo lettore si può spegnere solo per intero, vanno con esso e vengono chiusi qui.`,
    eject: 'Espelli comunque',
    keep: 'Lascia inserito',
  },
  speed: {
    label: 'Velocità USB',
    low: 'Bassa velocità (1,5 Mbit/s)',
    full: 'Velocità piena (12 Mbit/s)',
    high: 'USB 2, alta velocità (480 Mbit/s)',
    super: 'USB 3 (5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 (${gigabits} Gbit/s)`,
  },
} satisfies typeof english;
