/** Polish: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: 'Przegląd zagrożeń',
    button: 'Przegląd zagrożeń',
    back: 'Wróć do plików',
    heading: (name) => `Co na ${name} budzi podejrzenia`,
    explain:
      'Airlock przegląda każdą nazwę i początek każdego pliku, w odizolowanym procesie. Nic nie jest otwierane i nic nie opuszcza tego komputera.',
    again: 'Przejrzyj ponownie',
    stop: 'Zatrzymaj',
    scanning: (shown, count) =>
      `Przeglądanie: dotąd ${shown} ${plural(count, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' })}`,
    done: (shown, count) =>
      `Przejrzano ${shown} ${plural(count, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' })}`,
    doneIn: (shown, count, duration) =>
      `Przejrzano ${shown} ${plural(count, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' })} w ${duration}`,
    stopped: (shown, count) =>
      `Zatrzymano po przejrzeniu: ${shown} ${plural(count, { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' })}. Poniżej nie jest wszystko.`,
    failed: 'Przeglądu nie udało się dokończyć',
    none: 'Dla tego woluminu nie ma przeglądu.',
    cleanTitle: 'Nie znaleziono niczego z listy',
    clean: 'To nie dowodzi, że jest nieszkodliwy. Niespodziewane pliki i tak trzeba otwierać ostrożnie.',
    unread: (shown, count) =>
      `Nie udało się przejrzeć: ${shown} ${plural(count, { one: 'plik lub folder', few: 'pliki lub foldery', many: 'plików lub folderów', other: 'pliku lub folderu' })}. Może więc być tego więcej.`,
    unreadMore: 'Pokaż które',
    unreadLess: 'Ukryj',
    danger: 'Niebezpieczne',
    dangerHint: 'Nie otwierać, jeśli nie wiadomo, skąd się tu wzięły.',
    note: 'Warto wiedzieć',
    noteHint: 'Częste i nierzadko niewinne. Przed otwarciem spojrzeć dwa razy.',
    groups: 'Znaleziska według wagi',
    harmless: 'Wygląda dziwnie, jest nieszkodliwe',
    harmlessHint: 'Wymienione, żeby nikt nie musiał się zastanawiać.',
    count: (shown, count) =>
      `${shown} ${plural(count, { one: 'znalezisko', few: 'znaleziska', many: 'znalezisk', other: 'znaleziska' })}`,
    kept: (kept, count) => `Wymieniono pierwsze ${kept} z ${count}.`,
    more: (shown) => `Pokaż jeszcze ${shown}`,
    fewer: 'Pokaż mniej',
    show: 'Pokaż w folderze',
    showLabel: (name) => `Pokaż w folderze: ${name}`,
    inRoot: 'na najwyższym poziomie woluminu',
    hidden: 'ukryty',
    sorts: {
      windows: 'program dla Windows',
      linux: 'program dla Linuksa',
      mac: 'program dla Maca',
      java: 'program w Javie',
      android: 'aplikacja na Androida',
      installer: 'instalator',
      script: 'skrypt',
      shortcut: 'skrót',
      help: 'plik pomocy, który może uruchamiać programy',
      other: 'program',
    },
    kinds: {
      autorun: {
        title: 'Uruchamia się samo',
        reason: () => 'Ten autorun.inf każe Windows uruchomić program po podłączeniu lub kliknięciu nośnika.',
      },
      'autorun-settings': {
        title: 'Nazwa i ikona nośnika',
        reason: () => 'Ten autorun.inf ustawia tylko nazwę lub ikonę; niczego nie uruchamia.',
      },
      autostart: {
        title: 'Uruchamia się samo w Linuksie',
        reason: () => 'Pulpity Linuksa proponują uruchomić lub otworzyć plik o tej nazwie po podłączeniu nośnika.',
      },
      'shortcut-command': {
        title: 'Skróty, które wykonują polecenia',
        reason: () => 'Ten skrót nie otwiera pliku: wykonuje polecenie.',
      },
      'shortcut-network': {
        title: 'Skróty do innego komputera',
        reason: () => 'Przez ten skrót Windows łączy się z innym komputerem, co może ujawnić dane logowania.',
      },
      shortcut: {
        title: 'Skróty',
        reason: () => 'Skrót otwiera coś innego, niż pokazują jego nazwa i ikona.',
      },
      launcher: {
        title: 'Aktywatory',
        reason: () => 'W Linuksie ten aktywator wykonuje polecenie, cokolwiek pokazują jego nazwa i ikona.',
      },
      link: {
        title: 'Odnośniki do sieci WWW',
        reason: () => 'Otwarcie prowadzi na stronę internetową.',
      },
      'link-scheme': {
        title: 'Odnośniki do czegoś innego niż WWW',
        reason: () => 'Ten odnośnik nie prowadzi na stronę: każe działać programowi systemowemu.',
      },
      'network-lure': {
        title: 'Łączy się z innym komputerem po pokazaniu',
        reason: () =>
          'Windows łączy się z innym komputerem, gdy tylko pokazany zostanie folder tego pliku lub plik zostanie otwarty, co może ujawnić dane logowania.',
      },
      'search-file': {
        title: 'Zapisane wyszukiwania i biblioteki',
        reason: () => 'Przez ten plik Windows pokazuje foldery, które są gdzie indziej.',
      },
      'folder-double': {
        title: 'Stoi w miejscu czegoś ukrytego',
        reason: ({ sort }) =>
          `Plik lub folder o tej nazwie jest ukryty, a w jego miejscu widać: ${sort}. Tak rozprzestrzeniają się robaki USB.`,
      },
      'shell-folder': {
        title: 'Foldery, które nie są tym, czym się wydają',
        reason: () => 'Końcówka nazwy tego folderu sprawia, że Windows pokazuje coś innego niż jego zawartość.',
      },
      'double-extension': {
        title: 'Programy z nazwą dokumentu',
        reason: ({ sort }) => `Nazwa wygląda jak nazwa dokumentu, ale według ostatniej części to ${sort}.`,
      },
      'spaced-extension': {
        title: 'Rozszerzenia usunięte z widoku',
        reason: ({ sort }) => `Wiele spacji w nazwie ukrywa jej koniec: to ${sort}.`,
      },
      'direction-override': {
        title: 'Nazwy, które się odwracają',
        reason: () => 'Ukryty znak odwraca część nazwy, więc jej koniec wygląda na coś innego.',
      },
      'direction-mark': {
        title: 'Nazwy ze znakami kierunku',
        reason: () => 'Niewidoczne znaki w nazwie sterują kierunkiem pisma; nazwy arabskie i hebrajskie mogą je mieć.',
      },
      'blank-name': {
        title: 'Nazwy, które nic nie pokazują',
        reason: () => 'Nazwa składa się z samych pustych znaków, więc nie widać jej na liście.',
      },
      'invisible-name': {
        title: 'Niewidoczne znaki w nazwach',
        reason: () => 'Nazwa zawiera znaki, których nie widać, więc może wyglądać jak inna.',
      },
      'look-alike': {
        title: 'Nazwy, które wyglądają tak samo',
        reason: () => 'Przez litery innego alfabetu ta nazwa wygląda tak samo jak nazwa innego pliku obok.',
      },
      'mixed-script': {
        title: 'Litery kilku alfabetów w jednym słowie',
        reason: () => 'Słowo w nazwie miesza litery łacińskie z innymi, które tak wyglądają.',
      },
      'disguised-program': {
        title: 'Programy udające dokumenty',
        reason: ({ sort }) => `Według nazwy to dokument, obraz lub nagranie; według zawartości to ${sort}.`,
      },
      'hidden-program': {
        title: 'Ukryte programy',
        reason: ({ sort }) => `To ${sort}, w dodatku ukryte.`,
      },
      program: {
        title: 'Programy',
        reason: ({ sort }) => `To ${sort}: może zrobić wszystko, co może użytkownik.`,
      },
      script: {
        title: 'Skrypty',
        reason: () => 'Skrypt po otwarciu wykonuje to, co w nim zapisano.',
      },
      'content-mismatch': {
        title: 'Nie to, co mówi nazwa',
        reason: () => 'Według nazwy to obraz, nagranie lub PDF; zawartość jest inna.',
      },
      'picture-script': {
        title: 'Obrazy ze skryptem w środku',
        reason: () => 'Ten rysunek zawiera skrypt, który przeglądarka wykonuje przy wyświetlaniu.',
      },
      'macros-disguised': {
        title: 'Makra pod nazwą, która ich nie zapowiada',
        reason: () => 'Ten plik Office zawiera makra, choć pliki o takiej nazwie nie powinny ich mieć.',
      },
      macros: {
        title: 'Pliki Office z makrami',
        reason: () => 'Ten plik Office zawiera makra: programy, które działają, gdy się na to pozwoli.',
      },
      'remote-template': {
        title: 'Dokumenty, które coś pobierają',
        reason: () => 'Po otwarciu ten dokument pobiera szablon lub obiekt z innego komputera.',
      },
      'embedded-object': {
        title: 'Dokumenty z obiektami w środku',
        reason: () => 'Ten dokument zawiera obiekt, który po otwarciu lub kliknięciu może uruchomić inny program.',
      },
      'pdf-launch': {
        title: 'Pliki PDF uruchamiające programy',
        reason: () => 'Ten PDF chce uruchomić program.',
      },
      'pdf-script': {
        title: 'Pliki PDF ze skryptami',
        reason: () => 'Ten PDF zawiera skrypt; formularze też je mają.',
      },
      'pdf-attachment': {
        title: 'Pliki PDF z załącznikami',
        reason: () => 'Ten PDF zawiera inne pliki.',
      },
      'encrypted-archive': {
        title: 'Archiwa z hasłem',
        reason: () => 'Bez hasła nie da się zajrzeć do tego archiwum; nie może tego też żaden skaner wirusów.',
      },
      'encrypted-document': {
        title: 'Dokumenty z hasłem',
        reason: () => 'Bez hasła nie da się zajrzeć do tego dokumentu.',
      },
      'archive-bomb': {
        title: 'Archiwa rozpakowujące się do absurdalnych rozmiarów',
        reason: ({ size }) =>
          `Po rozpakowaniu to archiwum podaje ${size} albo powtarza się bez końca: zrobiono je, by zapełnić dysk.`,
      },
      'disk-image': {
        title: 'Obrazy dysków',
        reason: () =>
          'Otwarty przez system obraz dysku staje się napędem; do środka nie zaglądano. Airlock może otworzyć go jako nośnik.',
      },
      stream: {
        title: 'Treść w drugim strumieniu',
        reason: ({ size }) => `Obok swojej treści plik ma ${size} w strumieniu, którego żadna lista nie pokazuje.`,
      },
      'stream-program': {
        title: 'Programy w drugim strumieniu',
        reason: ({ sort }) => `Obok swojej treści plik ma w strumieniu, którego żadna lista nie pokazuje: ${sort}.`,
      },
      'origin-mark': {
        title: 'Oznaczony jako pobrany',
        reason: () => 'Notatka Windows, że plik pochodzi skądinąd. Chroni użytkownika.',
      },
      'known-stream': {
        title: 'Notatki znanych programów',
        reason: () => 'Znany program trzyma własne notatki w drugim strumieniu tego pliku.',
      },
      'illegal-name': {
        title: 'Nazwy, których ten komputer nie może przechować',
        reason: () => 'Kopia dostaje inną nazwę, bo ta jest za długa albo ma znaki tutaj niemożliwe.',
      },
      'colliding-name': {
        title: 'Nazwy, które się tu pokrywają',
        reason: () =>
          'Dla tego komputera ta nazwa i nazwa innego pliku obok są takie same; kopia jednego dostaje inną nazwę.',
      },
      'larger-than-medium': {
        title: 'Większe niż nośnik',
        reason: ({ size }) => `Podaje ${size}, więcej niż mieści cały wolumin, więc jego treść nie może być cała.`,
      },
      'shared-content': {
        title: 'Treść należąca do dwóch plików',
        reason: () =>
          'Zaczyna się w tym samym miejscu co inny plik: system plików jest uszkodzony lub zmyślony i co najmniej jeden z nich jest fałszywy.',
      },
      'strange-date': {
        title: 'Niemożliwe daty',
        reason: () => 'Jego data jest sprzed 1980 roku albo z przyszłości.',
      },
      setuid: {
        title: 'Programy działające jako ktoś inny',
        reason: () => 'W Linuksie i macOS ten program działałby z prawami właściciela. Kopie tracą to oznaczenie.',
      },
      'device-node': {
        title: 'Pliki urządzeń',
        reason: () => 'To oznacza urządzenie komputera, a nie treść. Nigdy nie jest kopiowane.',
      },
      'outside-link': {
        title: 'Dowiązania prowadzące poza nośnik',
        reason: () => 'To dowiązanie prowadzi poza nośnik: na tym komputerze wskazywałoby na własne pliki użytkownika.',
      },
    },
  },
} satisfies typeof english;
