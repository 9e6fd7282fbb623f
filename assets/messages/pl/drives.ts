/** Polish: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32: 'Brak uprawnień do odczytu tego urządzenia. Aby je otworzyć, uruchom Airlock jako administrator.',
      mayNotUnless: (command) =>
        `Brak uprawnień do odczytu tego urządzenia. To zezwala do czasu odłączenia: ${command}`,
      mayNot: 'Brak uprawnień do odczytu tego urządzenia.',
      failed: (why) => `Nie można otworzyć urządzenia: ${why}.`,
      noMedium: 'W napędzie nie ma nośnika albo został wyjęty.',
      inUse: 'Inny program ma to urządzenie na wyłączność. Zamknij je tam i otwórz tu ponownie.',
    },
    worker: {
      memory:
        'Proces, który czyta ten nośnik, zajął za dużo pamięci i został zakończony. Nośnik może być zrobiony, by szkodzić.',
      hung: 'Nośnik nie odpowiada, więc zakończono proces, który go czyta.',
      crashed: 'Proces, który czyta ten nośnik, niespodziewanie się zakończył.',
      closed: 'Nośnik został zamknięty.',
    },
    guard: {
      on: 'Pulpit jest ustawiony tak, by sam nie montował pendrive’ów. Inne programy i ręczne polecenie nadal mogą.',
      onByRule:
        'UDisks mówi każdemu pulpitowi, by sam nie montował pendrive’ów. Inne programy i ręczne polecenie nadal mogą.',
      partly: (what) => `Ten komputer nadal może sam montować pendrive’y: ${what} nie jest przeciw temu ustawione.`,
      off: 'Ten komputer może sam montować pendrive’y zaraz po podłączeniu.',
      nothing: 'Nie znaleziono niczego, co da się ustawić, a co samo montuje pendrive’y.',
      darwin:
        'macOS sam montuje pendrive’y i Airlock tego nie zmienia. Po podłączeniu pendrive’a można go przejąć: macOS najpierw go odmontuje.',
      win32:
        'Windows sam montuje pendrive’y. Administrator może to wyłączyć poleceniem mountvol /N i znów włączyć poleceniem mountvol /E. Airlock tego nie zmienia.',
      rule: 'reguła udev',
      locked: 'Administrator zablokował to ustawienie.',
      notTaken: 'Ustawienie nie zadziałało.',
      notRestored: 'Nie udało się przywrócić poprzedniego ustawienia.',
      notAuthorized: 'Wymaga to hasła administratora, którego nie podano.',
      nextPlug: 'Dla podłączonych już pendrive’ów obowiązuje to, co przedtem, aż do ponownego podłączenia.',
      ruleNotFollowed: 'KDE nie stosuje się do reguły udev.',
      forced: 'Niektóre urządzenia mają być montowane w każdym wypadku.',
    },
    letGo: {
      notMounted: 'System go nie zamontował.',
      done: 'System go zwolnił.',
      noUdisks: (paths) => `System go zamontował, a nie ma UDisks, którego można poprosić: sudo umount ${paths}`,
      refused: (who) => `System nie mógł go zwolnić: ${who}.`,
      notLocked: (who) => `Zaszyfrowana część jest odblokowana i nie dała się znów zablokować: ${who}.`,
      usedBy: (holders) => `używa go ${holders}`,
      usedBySomebody: 'jakiś program może mieć otwarte jego pliki',
      holder: (name, pid) => `${name} (proces ${pid})`,
      win32: 'Airlock nie może odmontować go w Windows. Mimo to można go otworzyć do odczytu.',
      systemRefused: 'System nie mógł go odmontować.',
    },
    ejectOutcome: {
      safe: 'Można go wyjąć.',
      othersInUse: (others) => `Można go wyjąć. Inne nośniki w tym samym czytniku są nadal używane: ${others}.`,
      othersOff: (others) => `Można go wyjąć. Inne nośniki w tym samym czytniku wyłączono razem z nim: ${others}.`,
      notYet: (what, who) => `Jeszcze nie wyjmować. ${what}: ${who}.`,
      notYetPlain: (what) => `Jeszcze nie wyjmować. ${what}.`,
      mountedStill: 'System go zamontował i nie mógł zwolnić',
      lockedNot: 'Zaszyfrowana część jest odblokowana i nie dała się znów zablokować',
      notOff: 'Nie udało się wyłączyć napędu',
      nothingWritten: (why) => `${why} Nic na nim nie zapisano: mimo to można go wyjąć.`,
      noSwitch: 'Tego napędu nie da się wyłączyć.',
      noTools: 'Napęd nie został wyłączony: nie ma ani udisksctl, ani eject.',
      failed: 'Nie udało się wyłączyć napędu.',
      notFound: 'Windows nie zna już tego napędu',
      veto: {
        program: (name) => `Używa go program ${name}.`,
        service: (name) => `Używa go usługa ${name}.`,
        driver: (name) => `Sterownik ${name} go nie zwalnia.`,
        open: 'Jakiś program ma otwarte jego pliki.',
        noRights: 'To konto nie ma prawa go wysunąć.',
        device: (name) => `Windows go nie zwalnia (${name}).`,
      },
    },
  },
} satisfies typeof english;
