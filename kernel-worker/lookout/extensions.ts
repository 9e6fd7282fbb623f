/** What names say that files are: extensions that people trust, that systems run, and that belong to program code which nobody starts by itself. */

import { withoutTrailing } from '../rump/vfs/names.ts';
import type { ProgramSort } from './finding.ts';

const words = (text: string): string[] => text.split(' ');

/** Opened by a viewer or office program: what a person takes for content. */
const DOCUMENTS = words(
  'pdf doc docx dot dotx rtf odt ott xls xlsx xlt xltx ods csv ppt pptx pps ppsx odp epub mobi pages numbers key txt md log eml msg vcf ics xps',
);
const PICTURES = words(
  'jpg jpeg jpe jfif png gif bmp tif tiff webp heic heif avif svg psd raw cr2 cr3 nef arw dng orf rw2',
);
const SOUND = words('mp3 m4a aac wav flac ogg opus wma aif aiff mid midi');
const VIDEO = words('mp4 m4v mov avi mkv webm wmv mpg mpeg 3gp flv vob');
const PAGES = words('htm html mht mhtml');
const ARCHIVES = words('zip rar 7z tar gz tgz bz2 xz zst cab');

/** Text by nature: that a script stands in it says nothing. */
const TEXTS = words('txt md log csv htm html mht mhtml eml svg');

/** Those that a program is given as a second extension to pose as. */
export const TRUSTED: ReadonlySet<string> = new Set([
  ...DOCUMENTS,
  ...PICTURES,
  ...SOUND,
  ...VIDEO,
  ...PAGES,
  ...ARCHIVES,
]);
/** Those under which no program belongs. */
export const CONTENT: ReadonlySet<string> = new Set([...DOCUMENTS, ...PICTURES, ...SOUND, ...VIDEO]);
export const TEXT: ReadonlySet<string> = new Set(TEXTS);
export const MEDIA_OR_PDF: ReadonlySet<string> = new Set([...PICTURES, ...SOUND, ...VIDEO, 'pdf']);
export const ARCHIVE: ReadonlySet<string> = new Set(ARCHIVES);

const RUN: Array<[ProgramSort, string]> = [
  ['windows', 'exe com scr pif cpl xll gadget appref-ms application'],
  ['installer', 'msi msp mst msix appx appxbundle msixbundle appinstaller deb rpm pkg mpkg flatpakref snap diagcab'],
  ['script', 'bat cmd vbs vbe jse wsf wsh wsc sct hta ps1 reg sh command settingcontent-ms workflow scpt terminal'],
  ['linux', 'run appimage'],
  ['java', 'jar jnlp'],
  ['android', 'apk xapk apks'],
  ['help', 'chm'],
];

/** Extensions that a desktop runs, or offers to run, on a double click. */
export const RUNS: ReadonlyMap<string, ProgramSort> = new Map(
  RUN.flatMap(([sort, list]) => words(list).map((extension): [string, ProgramSort] => [extension, sort])),
);
/** Run by Windows on a double click, but also what every web page is made of. */
export const JAVASCRIPT = 'js';
/** Folders that macOS runs. */
export const MAC_BUNDLES: ReadonlySet<string> = new Set(words('app workflow action prefpane'));

/** Program code that something else loads: not told as programs of their own. */
export const LIBRARIES: ReadonlySet<string> = new Set(
  words(
    'dll sys drv ocx mui ax acm tlb nls fon icl efi so dylib node pyd ko o a lib obj class dex wasm bin rom mod vxd 386 cpl2 winmd lang',
  ),
);

export const DISK_IMAGES: ReadonlySet<string> = new Set(words('iso img vhd vhdx vmdk qcow2 udf dmg'));

/** More than any real one has; what is longer is part of the name. */
const MAX_EXTENSION_LENGTH = 16;

/** The last extension in lower case without its dot, '' if there is none. Trailing dots and spaces count for nothing, as on Windows. */
export function extensionOf(name: string): string {
  const end = withoutTrailing(name, '. ');
  const dot = end.lastIndexOf('.');
  if (dot < 0 || end.length - dot - 1 > MAX_EXTENSION_LENGTH) return '';
  return end.slice(dot + 1).toLowerCase();
}

/** The name without its last extension. */
export function stemOf(name: string): string {
  const dot = withoutTrailing(name, '. ').lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
