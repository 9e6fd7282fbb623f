/** What a window of its own adds to the page: commands from its menu and tray, copied files for a drag or the clipboard, a dialog for where to save. */

/** What somebody chose in the app's menu, in its tray or in a notification. The page does what its own controls for it do. */
export type WindowCommand =
  | { name: 'open-image' | 'settings' | 'shortcuts' | 'find' | 'new-search' }
  | { name: 'show-medium'; mediumId: string };

export interface ShellRequests {
  /**
   * While something is being dragged: hands these files and folders to the desktop's own drag. Only what a copy has written. Only where `can.dragOut`.
   */
  'host.dragOut': (paths: string[]) => null;
  /** Puts these files and folders on the clipboard, for the desktop's file manager. Only what a copy has written. Only where `can.copyFiles`. */
  'host.copyFiles': (paths: string[]) => null;
  /** Native dialog: the whole path under which a file shall be saved; null if cancelled. Only where `can.saveFile`. */
  'host.saveFile': (suggestedName: string) => string | null;
}

/** Sent by a shell that has a menu of its own; never in the browser. */
export interface ShellEvents {
  command: WindowCommand;
}
