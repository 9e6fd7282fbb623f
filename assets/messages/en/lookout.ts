/** The look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import { plural } from './plural.ts';

/** What a reason can name: what a program it is, in words, and a size. */
interface Words {
  sort: string;
  size: string;
}

export const lookout = {
  lookout: {
    title: 'Look-out',
    button: 'Look-out',
    back: 'Back to the files',
    heading: (name: string) => `What deserves suspicion on ${name}`,
    explain:
      'Airlock goes through every name and the beginning of every file, inside the locked-down process. Nothing is opened, and nothing leaves this computer.',
    again: 'Look again',
    stop: 'Stop',
    scanning: (shown: string, count: number) => `Looking: ${shown} ${plural(count, 'file', 'files')} so far`,
    done: (shown: string, count: number) => `Looked at ${shown} ${plural(count, 'file', 'files')}`,
    doneIn: (shown: string, count: number, duration: string) =>
      `Looked at ${shown} ${plural(count, 'file', 'files')} in ${duration}`,
    stopped: (shown: string, count: number) =>
      `Stopped after ${shown} ${plural(count, 'file', 'files')}. What follows is not all.`,
    failed: 'The look-out could not be finished',
    none: 'There is no look-out on this volume.',
    cleanTitle: 'Nothing on the list was found',
    clean: 'That is no proof that it is harmless. Open what you do not expect with care all the same.',
    unread: (shown: string, count: number) =>
      `${shown} ${plural(count, 'file or folder', 'files or folders')} could not be looked at, so there may be more.`,
    unreadMore: 'Show which',
    unreadLess: 'Hide',
    danger: 'Danger',
    dangerHint: 'Do not open these unless you know why they are there.',
    note: 'Worth knowing',
    noteHint: 'Common and often innocent. Look twice before opening.',
    groups: 'Findings by weight',
    harmless: 'Looks odd, is harmless',
    harmlessHint: 'Listed so that nobody has to wonder.',
    count: (shown: string, count: number) => `${shown} ${plural(count, 'finding', 'findings')}`,
    kept: (kept: string, count: string) => `The first ${kept} of ${count} are listed.`,
    more: (shown: string) => `Show ${shown} more`,
    fewer: 'Show fewer',
    show: 'Show in folder',
    showLabel: (name: string) => `Show in folder: ${name}`,
    inRoot: 'at the top of the volume',
    hidden: 'hidden',
    sorts: {
      windows: 'a Windows program',
      linux: 'a Linux program',
      mac: 'a Mac program',
      java: 'a Java program',
      android: 'an Android app',
      installer: 'an installer',
      script: 'a script',
      shortcut: 'a shortcut',
      help: 'a help file that can run programs',
      other: 'a program',
    },
    kinds: {
      autorun: {
        title: 'Starts by itself',
        reason: () => 'This autorun.inf tells Windows to start a program when the medium is plugged in or clicked.',
      },
      'autorun-settings': {
        title: 'Name and icon of the medium',
        reason: () => 'This autorun.inf only sets a name or an icon; it starts nothing.',
      },
      autostart: {
        title: 'Starts by itself on Linux',
        reason: () => 'Desktops of Linux offer to run or open a file of this name when the medium is plugged in.',
      },
      'shortcut-command': {
        title: 'Shortcuts that carry out commands',
        reason: () => 'This shortcut does not open a file: it runs a command.',
      },
      'shortcut-network': {
        title: 'Shortcuts to another computer',
        reason: () => 'This shortcut makes Windows contact another computer, which can reveal your sign-in.',
      },
      shortcut: {
        title: 'Shortcuts',
        reason: () => 'A shortcut opens something else than its name and icon show.',
      },
      launcher: {
        title: 'Launchers',
        reason: () => 'On Linux this launcher runs a command, whatever its name and icon show.',
      },
      link: {
        title: 'Links to the web',
        reason: () => 'Opening this leads to a web site.',
      },
      'link-scheme': {
        title: 'Links to something else than the web',
        reason: () => 'This link does not lead to a web site: it makes a program of the system act.',
      },
      'network-lure': {
        title: 'Contacts another computer when shown',
        reason: () =>
          'Windows contacts another computer as soon as this file’s folder is shown or it is opened, which can reveal your sign-in.',
      },
      'search-file': {
        title: 'Saved searches and libraries',
        reason: () => 'This file makes Windows show folders that are somewhere else.',
      },
      'folder-double': {
        title: 'Stands in the place of something hidden',
        reason: ({ sort }: Words) =>
          `The file or folder of this name is hidden, and ${sort} is shown in its place: that is how USB worms spread.`,
      },
      'shell-folder': {
        title: 'Folders that are not what they seem',
        reason: () => 'The end of this folder’s name makes Windows show something else than what is in it.',
      },
      'double-extension': {
        title: 'Programs with a document’s name',
        reason: ({ sort }: Words) => `Its name looks like a document’s, but by its last part it is ${sort}.`,
      },
      'spaced-extension': {
        title: 'Extensions pushed out of sight',
        reason: ({ sort }: Words) => `Many blanks in the name keep its end out of sight: it is ${sort}.`,
      },
      'direction-override': {
        title: 'Names that turn around',
        reason: () => 'A hidden character reverses part of the name, so that its end looks like something else.',
      },
      'direction-mark': {
        title: 'Names with direction marks',
        reason: () =>
          'Invisible characters in the name steer the direction of writing; Arabic and Hebrew names can have them.',
      },
      'blank-name': {
        title: 'Names that show nothing',
        reason: () => 'The name is made of blank characters only, so that it cannot be seen in a list.',
      },
      'invisible-name': {
        title: 'Invisible characters in names',
        reason: () => 'The name holds characters that cannot be seen, so that it can look like another one.',
      },
      'look-alike': {
        title: 'Names that look the same',
        reason: () => 'With letters of another alphabet, this name looks the same as that of another file beside it.',
      },
      'mixed-script': {
        title: 'Letters of several alphabets in one word',
        reason: () => 'A word in the name mixes Latin letters with others that look like them.',
      },
      'disguised-program': {
        title: 'Programs that pose as documents',
        reason: ({ sort }: Words) =>
          `By its name it is a document, picture or recording; by its content it is ${sort}.`,
      },
      'hidden-program': {
        title: 'Hidden programs',
        reason: ({ sort }: Words) => `This is ${sort}, and it is hidden.`,
      },
      program: {
        title: 'Programs',
        reason: ({ sort }: Words) => `This is ${sort}: it can do whatever you can do.`,
      },
      script: {
        title: 'Scripts',
        reason: () => 'A script carries out what is written in it when it is opened.',
      },
      'content-mismatch': {
        title: 'Not what the name says',
        reason: () => 'By its name it is a picture, recording or PDF; its content is something else.',
      },
      'picture-script': {
        title: 'Pictures with a script in them',
        reason: () => 'This drawing holds a script, which a browser carries out when it shows it.',
      },
      'macros-disguised': {
        title: 'Macros under a name that promises none',
        reason: () => 'This Office file holds macros, though files with such a name should have none.',
      },
      macros: {
        title: 'Office files with macros',
        reason: () => 'This Office file holds macros: programs that run when you allow them.',
      },
      'remote-template': {
        title: 'Documents that fetch something',
        reason: () => 'When it is opened, this document fetches a template or object from another computer.',
      },
      'embedded-object': {
        title: 'Documents with objects in them',
        reason: () => 'This document holds an object that can start another program when it is opened or clicked.',
      },
      'pdf-launch': {
        title: 'PDFs that start programs',
        reason: () => 'This PDF asks to start a program.',
      },
      'pdf-script': {
        title: 'PDFs with scripts',
        reason: () => 'This PDF holds a script; forms have them too.',
      },
      'pdf-attachment': {
        title: 'PDFs with attachments',
        reason: () => 'This PDF holds other files.',
      },
      'encrypted-archive': {
        title: 'Archives under a password',
        reason: () => 'What is in this archive cannot be looked at without its password; no virus scanner can either.',
      },
      'encrypted-document': {
        title: 'Documents under a password',
        reason: () => 'What is in this document cannot be looked at without its password.',
      },
      'archive-bomb': {
        title: 'Archives that unpack to absurd sizes',
        reason: ({ size }: Words) =>
          `Unpacked, this archive states ${size} or repeats itself without end: it is made to fill a disk.`,
      },
      'disk-image': {
        title: 'Disk images',
        reason: () =>
          'Opened by the system, a disk image becomes a drive; what is in it was not looked at. Airlock can open it as a medium.',
      },
      stream: {
        title: 'Content in a second stream',
        reason: ({ size }: Words) => `Beside its content, the file holds ${size} in a stream that no list shows.`,
      },
      'stream-program': {
        title: 'Programs in a second stream',
        reason: ({ sort }: Words) => `Beside its content, the file holds ${sort} in a stream that no list shows.`,
      },
      'origin-mark': {
        title: 'Marked as downloaded',
        reason: () => 'A note of Windows that the file came from elsewhere. It protects you.',
      },
      'known-stream': {
        title: 'Notes of well-known programs',
        reason: () => 'A well-known program keeps its own notes in a second stream of this file.',
      },
      'illegal-name': {
        title: 'Names that this computer cannot keep',
        reason: () =>
          'A copy of it gets another name, because this one is too long or has characters that are not possible here.',
      },
      'colliding-name': {
        title: 'Names that fall together here',
        reason: () =>
          'To this computer, this name and that of another file beside it are the same; a copy of one gets another name.',
      },
      'larger-than-medium': {
        title: 'Larger than the medium',
        reason: ({ size }: Words) =>
          `It states ${size}, more than the whole volume holds, so most of it is empty or not there.`,
      },
      'shared-content': {
        title: 'Content that belongs to two files',
        reason: () =>
          'It begins at the same place as another file: the file system is damaged or made up, and at least one of them is wrong.',
      },
      'strange-date': {
        title: 'Dates that cannot be',
        reason: () => 'Its date lies before 1980 or in the future.',
      },
      setuid: {
        title: 'Programs that run as somebody else',
        reason: () => 'On Linux and macOS this program would run with its owner’s rights. Copies lose that mark.',
      },
      'device-node': {
        title: 'Device files',
        reason: () => 'This stands for a device of the computer and not for content. It is never copied.',
      },
      'outside-link': {
        title: 'Links that lead out of the medium',
        reason: () =>
          'This link leads to a place outside the medium: on your computer it would point at files of yours.',
      },
    },
  },
};
