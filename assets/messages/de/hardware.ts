/** German: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `Gelesen vom Treiber dieses Computers: ${drivers}`,
    title: 'Dieser Computer hat es schon eingehängt',
    explain: (where) =>
      `Es ist unter ${where} eingehängt: Der Kernel dieses Computers hat das Dateisystem gelesen. Airlock kann es aushängen lassen und festhalten, damit es beim Ansehen nichts anderes einhängt.`,
    button: 'Übernehmen und sicher öffnen',
    openAnyway: 'Öffnen, ohne zu übernehmen',
    done: (name) => `${name} wurde übernommen: Solange es hier offen ist, hängt es nichts anderes ein.`,
    banner: (where) => `Dieser Computer hat es auch unter ${where} eingehängt.`,
    bannerButton: 'Übernehmen',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state} (${note})`,
    part: (name, state) => `${name}: ${state}`,
    label: 'Diesen Computer davon abhalten, Sticks von selbst einzuhängen',
    hint: 'Dann wird nichts auf einem Stick gelesen, bevor er hier geöffnet wird. Ausschalten stellt her, was vorher eingestellt war.',
    reading: 'Der Computer wird befragt …',
    unknown: 'Auf diesem Computer fand sich nichts Einstellbares, das Sticks von selbst einhängt.',
    details: 'Was eingestellt ist',
    partOn: 'hängt keine Sticks ein',
    partOff: 'kann Sticks einhängen',
    partAbsent: 'nicht auf diesem Computer',
  },
  imaging: {
    save: 'Abbild des ganzen Sticks sichern …',
    region: 'Abbilder, die gesichert werden',
    reading: (name) => `Abbild von ${name} wird gesichert`,
    finishing: 'Abschluss: Geschriebenes wird geprüft',
    done: (name) => `Das Abbild von ${name} ist gesichert`,
    doneWith: (name, unreadable) => `Das Abbild von ${name} ist gesichert; nicht lesbar: ${unreadable}`,
    doneWithExplain: 'Nicht Lesbares steht als Nullen im Abbild; die Karte daneben sagt, wo.',
    interrupted: (name) => `${name} wurde abgezogen`,
    cancelled: 'Das Abbild ist nicht vollständig',
    cancelledExplain: 'Bisher Gelesenes bleibt erhalten und lässt sich fortsetzen.',
    failed: 'Das Abbild konnte nicht gesichert werden',
    progress: (done, total) => `${done} von ${total}`,
    progressLabel: (name) => `Fortschritt des Abbilds von ${name}`,
    unreadable: (size) => `bisher nicht lesbar: ${size}`,
    resumed: (size) => `schon vorher da: ${size}`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'Anhalten',
    resume: 'Fortsetzen',
    dismiss: 'Schließen',
    reveal: 'Im Ordner zeigen',
  },
  slot: {
    title: 'In diesem Einschub ist nichts',
    explain: 'Eine eingelegte Karte oder Scheibe erscheint hier.',
    drive: 'Laufwerk',
    badge: 'Leer',
    badgeHint: 'In diesem Laufwerk ist kein Medium.',
  },
  siblings: {
    title: 'Im selben Lesegerät sind andere Medien',
    explain: (names) =>
      `${names}. Lässt sich das Lesegerät nur als Ganzes abschalten, gehen sie mit und werden hier geschlossen.`,
    eject: 'Trotzdem auswerfen',
    keep: 'Eingesteckt lassen',
  },
  speed: {
    label: 'USB-Geschwindigkeit',
    low: 'Low Speed (1,5 Mbit/s)',
    full: 'Full Speed (12 Mbit/s)',
    high: 'USB 2, High Speed (480 Mbit/s)',
    super: 'USB 3 (5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 (${gigabits} Gbit/s)`,
  },
} satisfies typeof english;
