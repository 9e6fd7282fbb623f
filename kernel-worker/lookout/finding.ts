/** What the look-out tells: one thing on the medium that deserves a second look, as data. The sentences for people stand in assets/messages. */

import type { FailureReport } from '../rump/errno.ts';

/** `danger`: do not open it unless you know why it is there; `note`: worth knowing; `harmless`: looks odd and is not. */
export type Severity = 'danger' | 'note' | 'harmless';

/** Each kind with its usual severity. */
export const KINDS = {
  autorun: 'danger',
  'autorun-settings': 'harmless',
  autostart: 'danger',
  'shortcut-command': 'danger',
  'shortcut-network': 'danger',
  shortcut: 'note',
  launcher: 'danger',
  link: 'note',
  'link-scheme': 'danger',
  'network-lure': 'danger',
  'search-file': 'note',
  'folder-double': 'danger',
  'shell-folder': 'danger',
  'double-extension': 'danger',
  'spaced-extension': 'danger',
  'direction-override': 'danger',
  'direction-mark': 'note',
  'blank-name': 'danger',
  'invisible-name': 'note',
  'look-alike': 'danger',
  'mixed-script': 'note',
  'disguised-program': 'danger',
  'hidden-program': 'danger',
  program: 'note',
  script: 'note',
  'content-mismatch': 'note',
  'picture-script': 'note',
  'macros-disguised': 'danger',
  macros: 'note',
  'remote-template': 'danger',
  'embedded-object': 'danger',
  'pdf-launch': 'danger',
  'pdf-script': 'note',
  'pdf-attachment': 'note',
  'encrypted-archive': 'note',
  'encrypted-document': 'note',
  'archive-bomb': 'danger',
  'disk-image': 'note',
  stream: 'note',
  'stream-program': 'danger',
  'origin-mark': 'harmless',
  'known-stream': 'harmless',
  'illegal-name': 'note',
  'colliding-name': 'note',
  'larger-than-medium': 'note',
  'shared-content': 'note',
  'strange-date': 'note',
  setuid: 'note',
  'device-node': 'note',
  'outside-link': 'note',
} as const satisfies Record<string, Severity>;

export type FindingKind = keyof typeof KINDS;

/** What something that runs is, in words that people know. */
export type ProgramSort =
  | 'windows'
  | 'linux'
  | 'mac'
  | 'java'
  | 'android'
  | 'installer'
  | 'script'
  | 'shortcut'
  | 'help'
  | 'other';

export interface Finding {
  kind: FindingKind;
  severity: Severity;
  /** Absolute within the mount. */
  path: string;
  /** The file's own name or mark hides it from a plain listing. */
  hidden: boolean;
  /** Verbatim from the medium: a command line, a target, another name. */
  quote?: string;
  /** Of kinds that say what a program it is. */
  sort?: ProgramSort;
  /** Of kinds that say a size, in bytes. */
  bytes?: number;
}

/** What a detector says beside the kind. */
export type Telling = Partial<Pick<Finding, 'severity' | 'quote' | 'sort' | 'bytes'>>;

/** How a detector tells of the file that it looks at. */
export type Tell = (kind: FindingKind, telling?: Telling) => void;

/** A file or folder that could not be looked at. */
export interface LookoutFailure {
  path: string;
  failure: FailureReport;
}

/** One slice of a scan. */
export interface LookoutSlice {
  findings: Finding[];
  failures: LookoutFailure[];
  /** So far, in the whole scan. */
  files: number;
  folders: number;
  failureCount: number;
  /** Every finding, also those that were not kept. */
  counts: Partial<Record<FindingKind, number>>;
  /** Where the scan is. */
  at: string;
  end: boolean;
}

/** What the scan has to know of the computer to which may be copied. */
export interface LookoutHost {
  platform: 'linux' | 'darwin' | 'win32';
  nowMs: number;
}
