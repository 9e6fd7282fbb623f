/** The host's own folders and dialogs. */

/** A folder of the host, for choosing images and target folders where there is no native dialog. */
export interface HostFolder {
  path: string;
  parent: string | null;
  entries: Array<{ name: string; isFolder: boolean; sizeBytes: number | null }>;
}

export interface HostRequests {
  /** Native dialog; null if cancelled. Only where `can.nativeDialogs`. */
  'host.chooseImage': () => string | null;
  'host.chooseFolder': () => string | null;
  /** Only where there are no native dialogs. `path` null: the user's home. */
  'host.listFolder': (path: string | null) => HostFolder;
  'host.createFolder': (path: string) => HostFolder;
  /** Only where `can.revealInFolder`. */
  'host.reveal': (path: string) => null;
}
