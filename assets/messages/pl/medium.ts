/** Polish: the page about a medium: its state in words, what takes its room, its partitions, what it is, and whether it was seen before. */

import type { medium as english } from '../en/medium.ts';
import type { Translation } from '../messages.ts';
import { plural } from './plural.ts';

export const medium = {
  medium: {
    about: 'O tym nośniku',
    aboutNamed: (name) => `O nośniku ${name}`,
    back: 'Wstecz',
    state: {
      title: 'Stan',
      notOpened: 'Nie jest otwarty, więc nic z niego nie odczytano.',
      opened: 'Jest otwarty tylko do odczytu. Nic na nim się nie zmienia.',
      failed: 'Nie udało się go otworzyć. Co o nim wiadomo, jest tutaj.',
      clean: (volume) => `${volume}: ostatnio zamknięty prawidłowo.`,
      dirty: (volume) =>
        `${volume}: ostatnio wysunięty nieprawidłowo. Tego, co zapisano na końcu, może brakować lub być niepełne.`,
      errors: (volume) =>
        `${volume}: jego system plików zapisał błędy. Należy go sprawdzić na komputerze, do którego należy.`,
      notice: (volume, notice) => `${volume}: ${notice}`,
      notMounted: (volume, why) => `${volume}: ${why}`,
      hostMounted: (where) => `Jądro tego komputera ma go zamontowanego w ${where}.`,
      readable: 'Wszystko, o co dotąd proszono, dało się odczytać.',
      unreadable: (shown, count) =>
        `Nie udało się odczytać mimo kilku prób: ${shown} ${plural(count, { one: 'miejsce', few: 'miejsca', many: 'miejsc', other: 'miejsca' })}. Nośnik może być zużyty: potrzebne pliki trzeba skopiować wkrótce.`,
      recovered: (shown, count) =>
        `Najpierw nieudane, potem udane w częściach: ${shown} ${plural(count, { one: 'odczyt', few: 'odczyty', many: 'odczytów', other: 'odczytu' })}.`,
      damage: (shown, count) =>
        `Dotąd napotkano w systemie plików: ${shown} ${plural(count, { one: 'uszkodzony element', few: 'uszkodzone elementy', many: 'uszkodzonych elementów', other: 'uszkodzonego elementu' })}.`,
      places: 'Pokaż miejsca',
      at: (offset, tries) =>
        `bajt ${offset}, ${tries} ${plural(tries, { one: 'próba', few: 'próby', many: 'prób', other: 'próby' })}`,
      more: (shown) => `i jeszcze ${shown}`,
    },
    capacity: {
      title: 'Miejsce',
      used: 'Zajęte',
      own: 'Sam system plików',
      free: 'Wolne',
      other: 'Inne partycje',
      unallocated: 'Nie należy do żadnej partycji',
      label: (parts) => `Co zajmuje miejsce: ${parts}`,
      part: (name, size) => `${name} ${size}`,
    },
    map: {
      title: 'Partycje',
      none: 'Nie ma tablicy partycji: system plików zajmuje cały nośnik.',
      scheme: (scheme, count) =>
        `${scheme}, ${count} ${plural(count, { one: 'partycja', few: 'partycje', many: 'partycji', other: 'partycji' })}`,
      schemes: {
        none: 'bez tablicy',
        mbr: 'tablica partycji MBR',
        gpt: 'tablica partycji GPT',
        apm: 'mapa partycji Apple',
        bsd: 'etykieta dysku BSD',
        sgi: 'nagłówek woluminu SGI',
        sun: 'etykieta dysku Sun',
      },
      label: 'Partycje narysowane w skali',
      block: (name, kind, size) => `${name}, ${kind}, ${size}`,
      gap: 'Nie należy do żadnej partycji',
      partition: (number) => `Partycja ${number}`,
      whole: 'Cały nośnik',
      start: 'Zaczyna się przy',
      size: 'Rozmiar',
      type: 'Typ',
      fileSystem: 'System plików',
      volumeLabel: 'Etykieta',
      marks: 'Oznaczenia',
      bootable: 'rozruchowa',
      empty: 'nic, co Airlock zna',
      open: 'Pokaż pliki',
      notices: 'O tablicy partycji',
    },
    identity: {
      title: 'Co to jest',
      name: 'Nazwa',
      vendor: 'Producent',
      model: 'Typ urządzenia',
      serial: 'Numer seryjny',
      masked: (end) => `•••• ${end}`,
      show: 'Pokaż',
      hide: 'Ukryj',
      bus: 'Złącze',
      speed: 'Szybkość połączenia',
      device: 'Urządzenie',
      file: 'Plik',
      size: 'Rozmiar',
      sector: 'Sektor',
      tableId: 'Identyfikator dysku',
      protection: 'Ochrona',
    },
    facts: {
      title: 'System plików',
      of: (volume) => `System plików woluminu ${volume}`,
      identifier: 'Identyfikator',
    },
    seen: {
      title: 'Widziany wcześniej',
      never: 'Nie przed dzisiejszym dniem, o ile Airlock to zanotował.',
      unknown: 'Nie jest otwarty, więc Airlock nie może tego wiedzieć.',
      on: (dates) => `Otwarty tutaj ${dates}.`,
      onMore: (dates, more) => `Otwarty tutaj ${dates}, a wcześniej jeszcze ${more} razy.`,
      same: 'Etykiety i zajęte miejsce są takie jak ostatnio.',
      labels: (before, now) => `Od tego czasu się zmienił: nazywał się ${before}, teraz nazywa się ${now}.`,
      used: (before, now) => `Od tego czasu się zmienił: zajęte było ${before}, teraz ${now}.`,
      noName: 'bez nazwy',
      off: 'Airlock nie notuje nośników: wyłączono to w ustawieniach.',
      kept: 'Tylko na tym komputerze: nazwa, daty, etykiety, zajęte miejsce i skrót identyfikatorów. Żadnych nazw plików.',
      forget: 'Zapomnij ten',
      all: (shown, count) =>
        `Zapamiętano ${shown} ${plural(count, { one: 'nośnik', few: 'nośniki', many: 'nośników', other: 'nośnika' })}`,
      forgetOne: (name) => `Zapomnij ${name}`,
      forgetAll: 'Zapomnij wszystkie',
      forgotten: 'Zapomniano.',
      last: (date) => `ostatnio otwarty ${date}`,
      setting: 'Pamiętaj nośniki',
      settingHint:
        'Który pendrive i kiedy otwarto, według skrótu jego identyfikatorów. Nic nie opuszcza tego komputera.',
    },
    log: {
      title: 'Dziennik jądra',
      subtitle: (name) => `Co mówi proces, który czyta ${name}`,
      live: 'Nowe wiersze pojawiają się na bieżąco.',
      copy: 'Kopiuj dziennik',
      copied: 'Dziennik jest w schowku.',
      notCopied: 'Nie udało się skopiować dziennika.',
      close: 'Zamknij',
      empty: 'Dziennik jest pusty.',
    },
  },
} satisfies Translation<typeof english>;
