/**
 * What the app's page and the sandboxed frame that shows a file tell each other by postMessage: plain data only. The app believes nothing of the frame beyond
 * this small set, checked in renderer/look; the frame gets no name and no path of the file.
 */

/** How a file is shown. Of compressed files gzip is unpacked as far as it is shown; of 7z only its list is. */
export type ViewName =
  | 'text'
  | 'hex'
  | 'image'
  | 'audio'
  | 'video'
  | 'pdf'
  | 'zip'
  | 'tar'
  | 'gzip'
  | 'seven-zip'
  | 'font'
  | 'strings';

export type Theme = 'light' | 'dark';

/** Labels inside the frame, in the user's language. Where a number belongs there stands '{0}', for a second one '{1}'. */
export interface FrameTexts {
  fit: string;
  actualSize: string;
  image: string;
  text: string;
  part: string;
  previousPart: string;
  nextPart: string;
  firstPart: string;
  lastPart: string;
  partUnreadable: string;
  bytes: string;
  goToOffset: string;
  go: string;
  strings: string;
  noStrings: string;
  stringsCut: string;
  beginning: string;
  insideIt: string;
  document: string;
  page: string;
  pageUnreadable: string;
  morePages: string;
  archive: string;
  name: string;
  size: string;
  modified: string;
  encrypted: string;
  unsafeName: string;
  noEntries: string;
  entriesCut: string;
  sevenZip: string;
  font: string;
  pangram: string;
  audio: string;
  video: string;
  /** 'B', 'kB' …, each a thousand of the one before, and '{0} {1}' of a number and such a unit. */
  sizes: readonly string[];
  sizeInUnit: string;
}

export type ToFrame =
  | {
      type: 'show';
      view: ViewName;
      /** As the file's bytes say; '' if not known. */
      mime: string;
      /** What the text's encoding is, as far as its beginning told. */
      charset: string | null;
      /** The extension of the name, for the colours of source code. */
      extension: string;
      sizeBytes: number;
      /** A glance among other things: the beginning alone, still, and without controls. */
      small: boolean;
      theme: Theme;
      language: string;
      direction: 'ltr' | 'rtl';
      texts: FrameTexts;
    }
  | { type: 'theme'; theme: Theme }
  | { type: 'scroll'; to: 'page-up' | 'page-down' | 'start' | 'end' }
  | { type: 'ping' };

/**
 * Why nothing is shown. `damaged`: not what it says it is, or broken; `codec`: of a kind that Chromium has no decoder for; `unreadable`: the medium gave no
 * bytes; `too-large`, `too-many-pixels`: beyond a limit; `password`: encrypted; `slow`: took longer than its time.
 */
export const FAILURE_CODES = [
  'damaged',
  'codec',
  'unreadable',
  'too-large',
  'too-many-pixels',
  'password',
  'slow',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** What deserves a word about a file that is shown. */
export const NOTES = [
  'encrypted-list',
  'encrypted-entries',
  'bomb',
  'unsafe-names',
  'cut',
  'unpacked-in-part',
  'scripts',
] as const;
export type Note = (typeof NOTES)[number];

/** Numbers about a file that is shown, or that cannot be. */
export interface Facts {
  width?: number;
  height?: number;
  seconds?: number;
  pages?: number;
  entries?: number;
  /** What an archive says that it unpacks to. */
  unpackedBytes?: number;
  lines?: number;
  charset?: string;
  notes?: Note[];
}

/** Keys that were pressed while the frame had the focus, for what the app's page does with them. */
export const FRAME_KEYS = ['close', 'previous', 'next'] as const;
export type FrameKey = (typeof FRAME_KEYS)[number];

export type FromFrame =
  | { type: 'ready' }
  | { type: 'failed'; code: FailureCode }
  | { type: 'facts'; facts: Facts }
  | { type: 'key'; key: FrameKey }
  | { type: 'pong' };
