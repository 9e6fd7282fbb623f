/** Italian: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: 'Vedetta',
    button: 'Vedetta',
    back: 'Torna ai file',
    heading: (name) => `Che cosa merita sospetto su ${name}`,
    explain:
      'Airlock scorre ogni nome e l’inizio di ogni file, dentro il processo isolato. Nulla viene aperto, e nulla lascia questo computer.',
    again: 'Guarda di nuovo',
    stop: 'Ferma',
    scanning: (shown, count) => `Esame: finora ${shown} ${plural(count, { one: 'file', other: 'file' })}`,
    done: (shown, count) => `${shown} ${plural(count, { one: 'file esaminato', other: 'file esaminati' })}`,
    doneIn: (shown, count, duration) =>
      `${shown} ${plural(count, { one: 'file esaminato', other: 'file esaminati' })} in ${duration}`,
    stopped: (shown, count) =>
      `Fermato dopo ${shown} ${plural(count, { one: 'file', other: 'file' })}. Ciò che segue non è tutto.`,
    failed: 'L’esame non si è potuto concludere',
    none: 'Per questo volume non c’è vedetta.',
    cleanTitle: 'Non si è trovato nulla dell’elenco',
    clean: 'Ciò non prova che sia innocuo. Aprire comunque con cautela ciò che non ci si aspetta.',
    unread: (shown, count) =>
      `${shown} ${plural(count, { one: 'file o cartella non esaminabile', other: 'file o cartelle non esaminabili' })}: può quindi esserci altro.`,
    unreadMore: 'Mostra quali',
    unreadLess: 'Nascondi',
    danger: 'Pericolo',
    dangerHint: 'Non aprirli senza sapere perché sono lì.',
    note: 'Da sapere',
    noteHint: 'Comune e spesso innocente. Guardare due volte prima di aprire.',
    groups: 'Ritrovamenti per gravità',
    harmless: 'Sembra strano, è innocuo',
    harmlessHint: 'Elencato perché nessuno debba stupirsi.',
    count: (shown, count) => `${shown} ${plural(count, { one: 'ritrovamento', other: 'ritrovamenti' })}`,
    kept: (kept, count) => `Sono elencati i primi ${kept} di ${count}.`,
    more: (shown) => `Mostrane altri ${shown}`,
    fewer: 'Mostra meno',
    show: 'Mostra nella cartella',
    showLabel: (name) => `Mostra nella cartella: ${name}`,
    inRoot: 'in cima al volume',
    hidden: 'nascosto',
    sorts: {
      windows: 'un programma per Windows',
      linux: 'un programma per Linux',
      mac: 'un programma per Mac',
      java: 'un programma Java',
      android: 'un’app Android',
      installer: 'un programma di installazione',
      script: 'uno script',
      shortcut: 'una scorciatoia',
      help: 'un file di aiuto che può avviare programmi',
      other: 'un programma',
    },
    kinds: {
      autorun: {
        title: 'Si avvia da sé',
        reason: () =>
          'Questo autorun.inf dice a Windows di avviare un programma quando il supporto viene collegato o cliccato.',
      },
      'autorun-settings': {
        title: 'Nome e icona del supporto',
        reason: () => 'Questo autorun.inf imposta solo un nome o un’icona; non avvia nulla.',
      },
      autostart: {
        title: 'Si avvia da sé su Linux',
        reason: () =>
          'Le scrivanie di Linux propongono di eseguire o aprire un file con questo nome quando il supporto viene collegato.',
      },
      'shortcut-command': {
        title: 'Scorciatoie che eseguono comandi',
        reason: () => 'Questa scorciatoia non apre un file: esegue un comando.',
      },
      'shortcut-network': {
        title: 'Scorciatoie verso un altro computer',
        reason: () => 'Con questa scorciatoia Windows contatta un altro computer, il che può rivelare le credenziali.',
      },
      shortcut: {
        title: 'Scorciatoie',
        reason: () => 'Una scorciatoia apre altro rispetto a ciò che mostrano nome e icona.',
      },
      launcher: {
        title: 'Lanciatori',
        reason: () => 'Su Linux questo lanciatore esegue un comando, qualunque cosa mostrino nome e icona.',
      },
      link: {
        title: 'Collegamenti al web',
        reason: () => 'Aprirlo porta a un sito web.',
      },
      'link-scheme': {
        title: 'Collegamenti ad altro che il web',
        reason: () => 'Questo collegamento non porta a un sito web: fa agire un programma del sistema.',
      },
      'network-lure': {
        title: 'Contatta un altro computer quando viene mostrato',
        reason: () =>
          'Windows contatta un altro computer appena si mostra la cartella di questo file o lo si apre, il che può rivelare le credenziali.',
      },
      'search-file': {
        title: 'Ricerche e raccolte salvate',
        reason: () => 'Con questo file Windows mostra cartelle che stanno altrove.',
      },
      'folder-double': {
        title: 'Sta al posto di qualcosa di nascosto',
        reason: ({ sort }) =>
          `Il file o la cartella con questo nome è nascosto, e al suo posto c’è ${sort}: così si diffondono i worm USB.`,
      },
      'shell-folder': {
        title: 'Cartelle che non sono ciò che sembrano',
        reason: () => 'La fine del nome di questa cartella fa sì che Windows mostri altro rispetto al contenuto.',
      },
      'double-extension': {
        title: 'Programmi con il nome di un documento',
        reason: ({ sort }) => `Il nome sembra quello di un documento, ma per l’ultima parte è ${sort}.`,
      },
      'spaced-extension': {
        title: 'Estensioni spinte fuori vista',
        reason: ({ sort }) => `Molti spazi nel nome ne tengono la fine fuori vista: è ${sort}.`,
      },
      'direction-override': {
        title: 'Nomi che si rovesciano',
        reason: () => 'Un carattere nascosto inverte parte del nome, così che la fine sembra altro.',
      },
      'direction-mark': {
        title: 'Nomi con segni di direzione',
        reason: () => 'Caratteri invisibili nel nome guidano la scrittura; nomi arabi ed ebraici possono averne.',
      },
      'blank-name': {
        title: 'Nomi che non mostrano nulla',
        reason: () => 'Il nome è fatto solo di caratteri vuoti, così che in un elenco non si vede.',
      },
      'invisible-name': {
        title: 'Caratteri invisibili nei nomi',
        reason: () => 'Il nome contiene caratteri che non si vedono, così che può sembrare un altro.',
      },
      'look-alike': {
        title: 'Nomi che sembrano uguali',
        reason: () => 'Con lettere di un altro alfabeto, questo nome sembra uguale a quello di un altro file accanto.',
      },
      'mixed-script': {
        title: 'Lettere di più alfabeti in una parola',
        reason: () => 'Una parola del nome mescola lettere latine con altre che vi somigliano.',
      },
      'disguised-program': {
        title: 'Programmi che si spacciano per documenti',
        reason: ({ sort }) =>
          `Per il nome è un documento, un’immagine o una registrazione; per il contenuto è ${sort}.`,
      },
      'hidden-program': {
        title: 'Programmi nascosti',
        reason: ({ sort }) => `È ${sort}, ed è nascosto.`,
      },
      program: {
        title: 'Programmi',
        reason: ({ sort }) => `È ${sort}: può fare tutto ciò che può fare chi lo apre.`,
      },
      script: {
        title: 'Script trovati',
        reason: () => 'Uno script esegue ciò che vi è scritto quando lo si apre.',
      },
      'content-mismatch': {
        title: 'Non è ciò che dice il nome',
        reason: () => 'Per il nome è un’immagine, una registrazione o un PDF; il contenuto è altro.',
      },
      'picture-script': {
        title: 'Immagini con uno script dentro',
        reason: () => 'Questo disegno contiene uno script, che un browser esegue quando lo mostra.',
      },
      'macros-disguised': {
        title: 'Macro sotto un nome che non ne promette',
        reason: () => 'Questo file di Office contiene macro, benché i file con un tale nome non debbano averne.',
      },
      macros: {
        title: 'File di Office con macro',
        reason: () => 'Questo file di Office contiene macro: programmi che girano quando li si permette.',
      },
      'remote-template': {
        title: 'Documenti che prelevano qualcosa',
        reason: () => 'Quando viene aperto, questo documento preleva un modello o un oggetto da un altro computer.',
      },
      'embedded-object': {
        title: 'Documenti con oggetti dentro',
        reason: () =>
          'Questo documento contiene un oggetto che può avviare un altro programma quando lo si apre o vi si clicca.',
      },
      'pdf-launch': {
        title: 'PDF che avviano programmi',
        reason: () => 'Questo PDF chiede di avviare un programma.',
      },
      'pdf-script': {
        title: 'PDF con script',
        reason: () => 'Questo PDF contiene uno script; ne hanno anche i moduli.',
      },
      'pdf-attachment': {
        title: 'PDF con allegati',
        reason: () => 'Questo PDF contiene altri file.',
      },
      'encrypted-archive': {
        title: 'Archivi con password',
        reason: () => 'Il contenuto di questo archivio non si può guardare senza password; nemmeno un antivirus può.',
      },
      'encrypted-document': {
        title: 'Documenti con password',
        reason: () => 'Il contenuto di questo documento non si può guardare senza password.',
      },
      'archive-bomb': {
        title: 'Archivi che si estraggono a dimensioni assurde',
        reason: ({ size }) =>
          `Estratto, questo archivio dichiara ${size} o si ripete senza fine: è fatto per riempire un disco.`,
      },
      'disk-image': {
        title: 'Immagini disco',
        reason: () =>
          'Aperta dal sistema, un’immagine disco diventa un’unità; il contenuto non è stato guardato. Airlock può aprirla come supporto.',
      },
      stream: {
        title: 'Contenuto in un secondo flusso',
        reason: ({ size }) => `Oltre al contenuto, il file tiene ${size} in un flusso che nessun elenco mostra.`,
      },
      'stream-program': {
        title: 'Programmi in un secondo flusso',
        reason: ({ sort }) => `Oltre al contenuto, il file tiene ${sort} in un flusso che nessun elenco mostra.`,
      },
      'origin-mark': {
        title: 'Contrassegnato come scaricato',
        reason: () => 'Una nota di Windows che il file viene da altrove. Serve di protezione.',
      },
      'known-stream': {
        title: 'Note di programmi noti',
        reason: () => 'Un programma noto tiene le proprie note in un secondo flusso di questo file.',
      },
      'illegal-name': {
        title: 'Nomi che questo computer non può tenere',
        reason: () => 'Una copia riceve un altro nome, perché questo è troppo lungo o ha caratteri qui impossibili.',
      },
      'colliding-name': {
        title: 'Nomi che qui coincidono',
        reason: () =>
          'Per questo computer, questo nome e quello di un altro file accanto sono uguali; una copia riceve un altro nome.',
      },
      'larger-than-medium': {
        title: 'Più grande del supporto',
        reason: ({ size }) =>
          `Dichiara ${size}, più di quanto contenga l’intero volume, perciò il contenuto non può esserci tutto.`,
      },
      'shared-content': {
        title: 'Contenuto che appartiene a due file',
        reason: () =>
          'Comincia nello stesso punto di un altro file: il file system è danneggiato o inventato, e almeno uno dei due è sbagliato.',
      },
      'strange-date': {
        title: 'Date impossibili',
        reason: () => 'La sua data è anteriore al 1980 o è nel futuro.',
      },
      setuid: {
        title: 'Programmi che girano come qualcun altro',
        reason: () =>
          'Su Linux e macOS questo programma girerebbe con i diritti del proprietario. Le copie perdono quel segno.',
      },
      'device-node': {
        title: 'File di dispositivo',
        reason: () => 'Questo sta per un dispositivo del computer e non per un contenuto. Non viene mai copiato.',
      },
      'outside-link': {
        title: 'Collegamenti che portano fuori dal supporto',
        reason: () =>
          'Questo collegamento porta a un luogo fuori dal supporto: su questo computer punterebbe ai propri file.',
      },
    },
  },
} satisfies typeof english;
