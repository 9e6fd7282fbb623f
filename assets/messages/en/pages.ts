/** Pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

export const pages = {
  welcome: {
    title: 'Look before you trust',
    first:
      'Airlock opens sticks and disk images that you do not trust: file system drivers of its own read them in a locked-down process, so nothing on them reaches this computer’s kernel or your files.',
    second: 'Look around, copy out what you want with one click, and eject.',
    openImage: 'Open an image…',
    trySample: 'Try the sample stick',
    hintDrop: 'You can also drop a disk image anywhere in this window.',
    happens:
      'A stick that you open here is read by Airlock’s own drivers in a process that can do nothing else: this computer’s kernel, its programs and the network stay out of it.',
    notChanged: 'Nothing on the stick is ever changed, and nothing of it gets to this computer unless you copy it out.',
    notChecked:
      'What you copy out is the same as on the stick, and Airlock does not judge whether it is harmful: open it as carefully as anything from strangers.',
    begin: 'Begin',
    hintKeyboard: 'Press ? at any time to see the keyboard shortcuts.',
    hintPlug: 'Plug in a stick and it appears in the list of media.',
  },
  present: {
    open: 'Open safely',
    explain: 'Nothing has been read from it yet. It will be opened read-only, by a process that can do nothing else.',
    system:
      'This computer runs from this disk. Airlock shows it because you asked for system disks, and never opens it.',
    size: 'Size',
    location: 'Device',
    file: 'File',
    bus: 'Connected by',
  },
  opening: {
    title: (name: string) => `Opening ${name}`,
    explain: 'Starting a locked-down process and reading what is on it.',
  },
  ejecting: { title: (name: string) => `Ejecting ${name}` },
  ejected: {
    title: (name: string) => `${name} can be pulled out`,
    explain: 'It was closed and nothing on it was changed.',
    again: 'Open it again',
  },
  gone: {
    title: (name: string) => `${name} was pulled out`,
    explain:
      'Its process has ended. What was copied completely is safe; a copy that was under way says in its report what is missing.',
  },
  problem: {
    stoppedTitle: (name: string) => `${name} is not being read any more`,
    volumeTitle: (name: string) => `${name} cannot be opened`,
    startAgain: 'Start again',
    close: 'Close',
    contained:
      'Only the process for this medium was affected. The app, your files and other media are as they were, and the medium was not changed.',
    unchanged: 'Nothing on it was changed.',
    details: 'Technical details',
    log: 'Kernel log',
    noVolumes:
      'Nothing on this medium can be opened. It may be empty, encrypted, or of a kind that Airlock does not know.',

    at: (offset: string) => `at byte ${offset}`,
    expectedFound: (expected: string, found: string) => `expected ${expected}, found ${found}`,
  },
};
