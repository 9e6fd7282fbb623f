/** Polish: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'To się nie udało.',
    unknownRequest: 'Airlock nie zna tego żądania.',
    badRequest: 'To żądanie jest nieprawidłowe.',
    notInThisWindow: 'W tym oknie nie jest to możliwe.',
    beingCopied: 'Z tego nośnika jeszcze coś się kopiuje.',
    folderClosed: 'Ten folder nie jest już otwarty.',
    volumeClosed: 'Ten wolumin nie jest otwarty.',
    mediumClosed: 'Ten nośnik nie jest otwarty.',
    mediumGone: 'Tego nośnika już nie ma.',
    mediumPulled: 'Ten nośnik został odłączony.',
    pulledOut: 'Nośnik został odłączony.',
    systemDisk: 'Z tego dysku działa komputer. Airlock go nie otwiera.',
    systemDiskStays: 'Z tego dysku działa komputer. Nie zostanie wysunięty.',
    noFile: 'Nie ma takiego pliku.',
    noImage: 'To nie jest plik obrazu.',
    targetNotWhole: 'Folder docelowy trzeba podać z pełną ścieżką.',
    settingsNotSaved: 'Nie udało się zapisać ustawień.',
    folderNotWhole: 'Folder trzeba podać z pełną ścieżką.',
    folderNotMade: 'Nie udało się utworzyć folderu.',
    folderUnreadable: 'Nie można odczytać tego folderu.',
    targetOnMedium: 'Ten folder jest na samym nośniku. Trzeba wybrać folder na innym dysku.',
    noQuestion: 'Ta kopia o nic nie pyta.',
    copyRuns: 'Ta kopia nie jest skończona.',
    copyGone: 'Tej kopii już nie ma.',
    unreadable: 'W tym miejscu nośnika nie można odczytać. Może być zużyty.',
    damaged: (what) => `System plików jest uszkodzony: ${what}.`,
    noFileSystem: 'Nie ma tu systemu plików, który Airlock umie odczytać.',
    unsupported: (what) => `Użyto tu funkcji, której Airlock nie czyta: ${what}.`,
    entryGone: 'Tego już nie ma.',
    impossible: (why) => `To nie jest możliwe: ${why}.`,
    notLockedDown: 'Nie udało się odizolować procesu czytającego nośnik, więc nośnik nie został otwarty.',
    mayNotRead: 'Brak uprawnień do odczytu.',
    noMedium: 'W napędzie nie ma nośnika albo został wyjęty.',
    cannotOpen: (why) => `Tego nie można otworzyć: ${why}.`,
    sampleName: 'Przykładowy pendrive',
  },
} satisfies Translation<typeof english>;
