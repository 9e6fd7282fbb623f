/** Polish: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `Czytany przez sterownik tego komputera: ${drivers}`,
    title: 'Ten komputer już go zamontował',
    explain: (where) =>
      `Jest zamontowany w ${where}: jądro tego komputera odczytało jego system plików. Airlock może go odmontować i przytrzymać, żeby nic innego go nie zamontowało podczas oglądania.`,
    button: 'Przejmij i otwórz bezpiecznie',
    openAnyway: 'Otwórz bez przejmowania',
    done: (name) => `Przejęto: ${name}. Nic innego go nie zamontuje, dopóki jest tu otwarty.`,
    banner: (where) => `Ten komputer ma go też zamontowanego w ${where}.`,
    bannerButton: 'Przejmij',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state} (${note})`,
    part: (name, state) => `${name}: ${state}`,
    label: 'Nie pozwalaj temu komputerowi samemu montować pendrive’ów',
    hint: 'Wtedy nic z pendrive’a nie zostanie odczytane, zanim otworzy się go tutaj. Wyłączenie przywraca poprzednie ustawienia.',
    reading: 'Sprawdzanie komputera…',
    unknown: 'Na tym komputerze nie znaleziono niczego, co da się ustawić, a co samo montuje pendrive’y.',
    details: 'Co jest ustawione',
    partOn: 'nie montuje pendrive’ów',
    partOff: 'może montować pendrive’y',
    partAbsent: 'nie ma na tym komputerze',
  },
  imaging: {
    save: 'Zapisz obraz całego pendrive’a…',
    region: 'Zapisywane obrazy',
    reading: (name) => `Zapisywanie obrazu: ${name}`,
    finishing: 'Kończenie: sprawdzanie zapisanych danych',
    done: (name) => `Obraz zapisany: ${name}`,
    doneWith: (name, unreadable) => `Obraz zapisany: ${name}; nieczytelne: ${unreadable}`,
    doneWithExplain: 'Nieczytelne miejsca są w obrazie zerami; mapa obok mówi, gdzie.',
    interrupted: (name) => `Odłączono: ${name}`,
    cancelled: 'Obraz jest niepełny',
    cancelledExplain: 'To, co odczytano, zostaje i można kontynuować.',
    failed: 'Nie udało się zapisać obrazu',
    progress: (done, total) => `${done} z ${total}`,
    progressLabel: (name) => `Postęp obrazu: ${name}`,
    unreadable: (size) => `dotąd nieczytelne: ${size}`,
    resumed: (size) => `już wcześniej zapisane: ${size}`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'Zatrzymaj',
    resume: 'Kontynuuj',
    dismiss: 'Zamknij',
    reveal: 'Pokaż w folderze',
  },
  slot: {
    title: 'W tym gnieździe nic nie ma',
    explain: 'Włożona karta lub płyta pojawi się tutaj.',
    drive: 'Napęd',
    badge: 'Puste',
    badgeHint: 'W tym napędzie nie ma nośnika.',
  },
  siblings: {
    title: 'W tym samym czytniku są inne nośniki',
    explain: (names) =>
      `${names}. Jeśli czytnik da się wyłączyć tylko w całości, odejdą razem z nim i zostaną tu zamknięte.`,
    eject: 'Wysuń mimo to',
    keep: 'Zostaw',
  },
  speed: {
    label: 'Szybkość USB',
    low: 'Niska szybkość (1,5 Mbit/s)',
    full: 'Pełna szybkość (12 Mbit/s)',
    high: 'USB 2, wysoka szybkość (480 Mbit/s)',
    super: 'USB 3 (5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 (${gigabits} Gbit/s)`,
  },
} satisfies typeof english;
