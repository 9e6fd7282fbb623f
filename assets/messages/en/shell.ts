/** The desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'File',
      openImage: 'Open an Image…',
      settings: 'Settings…',
      find: 'Find in This Folder',
      search: 'Search the Medium…',
      view: 'View',
      help: 'Help',
      shortcuts: 'Keyboard Shortcuts',
      quit: 'Quit',
    },
    tray: {
      hint: 'Airlock: open sticks that you do not trust',
      noMedia: 'No stick is plugged in',
      show: 'Show Airlock',
    },
    notice: {
      plugged: 'A stick was plugged in',
      pluggedBody: (name: string) => `Look at it safely: ${name}`,
      copied: 'Copied',
      copiedBody: (files: string, count: number, name: string) =>
        `${files} ${plural(count, 'file', 'files')} from ${name}, checked on your disk.`,
      partly: 'Copied, but not all of it',
      partlyBody: (files: string, count: number, name: string) =>
        `${files} ${plural(count, 'file', 'files')} from ${name} could not be copied. Open Airlock to see which.`,
      failed: 'Copying stopped',
      failedBody: (name: string) => `Not everything from ${name} was copied. Open Airlock to see why.`,
      asks: 'A copy waits for you',
      asksBody: (name: string) => `A file from ${name} is there already. Choose what to do with it.`,
      interrupted: 'A copy was interrupted',
      interruptedBody: (name: string) => `${name} was pulled out. Plug it in again to go on.`,
      imageSaved: 'The image is saved',
      imageSavedBody: (name: string) => `All of ${name} is on your disk.`,
      imagePartlyBody: (name: string) => `Some of ${name} could not be read. Open Airlock to see how much.`,
      imageFailed: 'Saving the image stopped',
      imageFailedBody: (name: string) => `The image of ${name} is not whole. Open Airlock to see why.`,
    },
    closing: {
      question: 'A copy is still under way.',
      detail: 'Files that are already copied stay; the one in work is removed.',
      goOn: 'Go on copying',
      stop: 'Stop and quit',
    },
    cannotOpen: (path: string, why: string) => `${path}\n\n${why}`,
  },
};
