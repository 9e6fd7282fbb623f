/** The settings, and what the app and its shell are. */

import type { LanguageChoice } from '../../assets/messages/languages.ts';
import type { ConflictPolicy, Verification } from './copying.ts';

/** A column of the file list beside the name, with its width in CSS pixels. */
export interface ListColumn {
  column: 'size' | 'modified' | 'created' | 'type' | 'extension' | 'attributes' | 'owner';
  width: number;
}

export interface Settings {
  /** The folder into which one-click copy goes, with a folder for each stick in it. */
  targetFolder: string;
  conflictPolicy: ConflictPolicy;
  showHidden: boolean;
  /** Show system disks in the sidebar too. */
  showAllMedia: boolean;
  theme: 'system' | 'light' | 'dark';
  /** How folders are shown. */
  view: 'list' | 'grid';
  /** The list's columns beside the name, each once, in their order. */
  columns: ListColumn[];
  language: LanguageChoice;
  /** An icon beside the clock, with the media. */
  tray: boolean;
  /** Closing the window leaves Airlock there; needs `tray`. */
  keepRunning: boolean;
  /** Tell when a stick was plugged in and the window is not in front. */
  notifyPlugged: boolean;
  /** Keep a note of which media were opened when. */
  rememberMedia: boolean;
  /** 'system': as the system asks for it. */
  contrast: 'system' | 'more';
  /** The page of the first start was read. */
  welcomed: boolean;
  /** Code page of FAT's short names, without its 'cp'; '': the driver's own default. */
  fatCodePage: string;
  /** Where FAT's times were written, '+02:00'; '': they stay local wall times. */
  fatTimeZone: string;
  /** How copies are read back; 'automatic': from the disk itself where the medium is slower than it. */
  verification: 'automatic' | Verification;
  /** Copied files carry the system's mark of where they come from. */
  provenance: boolean;
}

export interface AppInfo {
  version: string;
  platform: string;
  shell: 'electron' | 'browser';
  /** What this shell can do; what it cannot is not shown. */
  can: {
    nativeDialogs: boolean;
    revealInFolder: boolean;
    dropImages: boolean;
    /** Request 'host.dragOut'. */
    dragOut: boolean;
    /** Request 'host.copyFiles'. */
    copyFiles: boolean;
    /** Request 'copy.undo'. */
    trash: boolean;
    /** Request 'host.saveFile'. */
    saveFile: boolean;
    /** The settings `tray` and `keepRunning`. */
    tray: boolean;
    /** The setting `notifyPlugged`. */
    notifications: boolean;
  };
  unsandboxed: boolean;
  settings: Settings;
}

export interface SettingsRequests {
  'app.info': () => AppInfo;
  'settings.change': (change: Partial<Settings>) => Settings;
}

export interface SettingsEvents {
  settings: Settings;
}
