/** Polish: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'Najpierw obejrzyj, potem zaufaj',
    first:
      'Airlock otwiera pendrive’y i obrazy dysków, którym nie można ufać: własne sterowniki czytają je w odizolowanym procesie, więc nic z nich nie dociera do jądra ani do plików tego komputera.',
    second: 'Można się rozejrzeć, jednym kliknięciem skopiować, co potrzebne, i wysunąć.',
    openImage: 'Otwórz obraz…',
    trySample: 'Wypróbuj przykładowy pendrive',
    hintDrop: 'Obraz dysku można też upuścić w dowolnym miejscu tego okna.',
    happens:
      'Otwarty tu pendrive czytają własne sterowniki Airlock, w procesie, który nic innego nie może: jądro, programy i sieć tego komputera pozostają z boku.',
    notChanged:
      'Na pendrivie nic nie jest zmieniane i nic z niego nie trafia na ten komputer, dopóki się tego nie skopiuje.',
    notChecked:
      'To, co skopiowane, jest takie samo jak na pendrivie, a Airlock nie ocenia, czy jest szkodliwe: trzeba to otwierać równie ostrożnie jak wszystko od obcych.',
    begin: 'Zaczynamy',
    hintKeyboard: 'Klawisz ? w każdej chwili pokazuje skróty klawiszowe.',
    hintPlug: 'Podłączony pendrive pojawi się na liście nośników.',
  },
  present: {
    open: 'Otwórz bezpiecznie',
    explain:
      'Nic jeszcze nie zostało odczytane. Zostanie otwarty tylko do odczytu, przez proces, który nic innego nie może.',
    system:
      'Z tego dysku działa komputer. Airlock pokazuje go, bo wybrano pokazywanie dysków systemowych, i nigdy go nie otwiera.',
    size: 'Rozmiar',
    location: 'Urządzenie',
    file: 'Plik',
    bus: 'Złącze',
  },
  opening: {
    title: (name) => `Otwieranie: ${name}`,
    explain: 'Uruchamia się odizolowany proces i czyta zawartość.',
  },
  ejecting: { title: (name) => `Wysuwanie: ${name}` },
  ejected: {
    title: (name) => `Można wyjąć: ${name}`,
    explain: 'Nośnik został zamknięty i nic na nim nie zmieniono.',
    again: 'Otwórz ponownie',
  },
  gone: {
    title: (name) => `Odłączono: ${name}`,
    explain:
      'Jego proces się zakończył. To, co skopiowano w całości, jest bezpieczne; czego brakuje w trwającej kopii, mówi jej raport.',
  },
  problem: {
    stoppedTitle: (name) => `${name} nie jest już czytany`,
    volumeTitle: (name) => `Nie można otworzyć: ${name}`,
    startAgain: 'Uruchom ponownie',
    close: 'Zamknij',
    contained:
      'Ucierpiał tylko proces tego nośnika. Aplikacja, własne pliki i inne nośniki są takie jak przedtem, a nośnik nie został zmieniony.',
    unchanged: 'Nic na nim nie zmieniono.',
    details: 'Szczegóły techniczne',
    log: 'Dziennik jądra',
    noVolumes:
      'Na tym nośniku nic nie da się otworzyć. Może być pusty, zaszyfrowany albo takiego rodzaju, którego Airlock nie zna.',
    at: (offset) => `przy bajcie ${offset}`,
    expectedFound: (expected, found) => `oczekiwano ${expected}, znaleziono ${found}`,
  },
} satisfies typeof english;
