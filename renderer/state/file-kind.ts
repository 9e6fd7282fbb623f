/** What an entry is, for its icon and the 'type' column: by its type on the medium and, for files, by the name's extension. Nothing is opened for it. */

import type { EntryReport } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';

export type FileKind = Exclude<keyof typeof messages.kinds, 'extension'>;

const EXTENSIONS: Partial<Record<FileKind, string>> = {
  image: 'jpg jpeg png gif bmp tif tiff webp heic heif avif svg ico raw cr2 nef arw dng psd xcf',
  video: 'mp4 m4v mov avi mkv webm wmv mpg mpeg mts m2ts 3gp flv ts vob',
  audio: 'mp3 m4a aac wav flac ogg opus wma aiff aif mid midi',
  document: 'doc docx odt rtf pages epub mobi docm dot dotx',
  sheet: 'xls xlsx ods csv tsv numbers xlsm',
  slides: 'ppt pptx odp key pptm',
  pdf: 'pdf',
  archive: 'zip 7z rar tar gz tgz bz2 xz zst lz4 cab jar deb rpm',
  code: 'c h cc cpp hpp rs go py js ts tsx jsx java kt swift rb php pl sh bash html htm css json xml yaml yml toml svelte sql',
  text: 'txt md log ini cfg conf nfo readme inf',
  program: 'exe msi dll com bat cmd ps1 vbs scr pif apk app dmg pkg appimage bin so elf',
  disk: 'img iso vhd vhdx vmdk qcow2 dd ima',
  font: 'ttf otf woff woff2',
  shortcut: 'lnk url desktop webloc',
};

const kindOfExtension = new Map<string, FileKind>(
  Object.entries(EXTENSIONS).flatMap(([kind, list]) =>
    list.split(' ').map((extension): [string, FileKind] => [extension, kind as FileKind]),
  ),
);

/** Kinds as people group them: to search by, and to tell apart by colour. What is in none is 'other'. */
const GROUPS = {
  image: ['image'],
  video: ['video'],
  audio: ['audio'],
  document: ['document', 'sheet', 'slides', 'pdf', 'text'],
  archive: ['archive', 'disk'],
  program: ['program', 'code', 'shortcut'],
} as const satisfies Record<string, readonly FileKind[]>;

export type KindGroup = keyof typeof GROUPS;
export const KIND_GROUPS = Object.keys(GROUPS) as KindGroup[];

const groupOfKind = new Map<FileKind, KindGroup>(
  KIND_GROUPS.flatMap((group) => GROUPS[group].map((kind): [FileKind, KindGroup] => [kind, group])),
);

/** Of a file, by the name alone. */
export function kindOfName(name: string): FileKind {
  return kindOfExtension.get(extensionOf(name)) ?? 'file';
}

export function kindGroup(name: string): KindGroup | 'other' {
  return groupOfKind.get(kindOfName(name)) ?? 'other';
}

export function extensionsOf(group: KindGroup): string[] {
  return GROUPS[group].flatMap((kind) => EXTENSIONS[kind]?.split(' ') ?? []);
}

/** Extensions longer than this are parts of the name. */
const MAX_EXTENSION = 8;

/** The extension without its dot, in lower case; '' if there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return '';
  const extension = name.slice(dot + 1).toLowerCase();
  return extension.length > MAX_EXTENSION || !/^[\p{L}\p{N}]+$/u.test(extension) ? '' : extension;
}

export function fileKind(entry: EntryReport): FileKind {
  if (entry.attr === null) return 'unreadable';
  switch (entry.attr.type) {
    case 'dir':
      return 'folder';
    case 'symlink':
      return 'link';
    case 'file':
      return kindOfName(entry.name);
    case 'fifo':
      return 'fifo';
    case 'sock':
      return 'socket';
    default:
      return 'device';
  }
}

/** 'JPG picture', 'Folder', 'XYZ file'. */
export function typeName(name: string, kind: FileKind): string {
  const word = messages.kinds[kind];
  if (['folder', 'link', 'fifo', 'socket', 'device', 'unreadable', 'pdf'].includes(kind)) return word;
  const extension = extensionOf(name);
  return extension === '' ? word : messages.kinds.extension(displayText(extension).toUpperCase(), word);
}
