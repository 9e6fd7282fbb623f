/** The settings, and what the app and its shell are. */

import type { ConflictPolicy } from './copying.ts';

export interface Settings {
  /** The folder into which one-click copy goes, with a folder for each stick in it. */
  targetFolder: string;
  conflictPolicy: ConflictPolicy;
  showHidden: boolean;
  /** Show system disks in the sidebar too. */
  showAllMedia: boolean;
  theme: 'system' | 'light' | 'dark';
}

export interface AppInfo {
  version: string;
  platform: string;
  shell: 'electron' | 'browser';
  /** What this shell can do; what it cannot is not shown. */
  can: { nativeDialogs: boolean; revealInFolder: boolean; dropImages: boolean };
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
