/** What main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

export const drives = {
  drives: {
    guard: {
      on: 'Your desktop is set not to mount sticks by itself. Other programs, and you by hand, still can.',
      onByRule: 'UDisks tells every desktop not to mount sticks by itself. Other programs, and you by hand, still can.',
      partly: (what: string) => `This computer may still mount sticks by itself: ${what} is not set against it.`,
      off: 'This computer may mount sticks by itself as soon as they are plugged in.',
      nothing: 'Nothing that mounts sticks by itself was found that Airlock can set.',
      darwin:
        'macOS mounts sticks by itself, and Airlock does not change that. Take a stick over after plugging it in: macOS then unmounts it first.',
      win32:
        'Windows mounts sticks by itself. An administrator can end that with the command mountvol /N, and allow it again with mountvol /E. Airlock does not change it.',
      rule: 'udev rule',
      locked: 'An administrator has fixed this setting.',
      notTaken: 'The setting did not take.',
      notRestored: 'The former setting could not be put back.',
      notAuthorized: 'This needs an administrator’s password, which was not given.',
      nextPlug: 'Sticks that are plugged in already keep what was before until they are plugged in again.',
      ruleNotFollowed: 'Whether KDE follows the udev rule is not known.',
      forced: 'Some devices are set to be mounted in any case.',
    },
    worker: {
      closed: 'The medium was closed.',
      crashed: 'The process that reads this medium ended unexpectedly.',
      hung: 'The medium does not answer, so the process that reads it was ended.',
      memory:
        'The process that reads this medium took too much memory and was ended. The medium may be made to do harm.',
    },
    open: {
      inUse: 'Another program has this device for itself. Close it there, then open it here again.',
      noMedium: 'There is no medium in the drive, or it was pulled out.',
      failed: (why: string) => `The device cannot be opened: ${why}.`,
      mayNot: 'You may not read this device.',
      mayNotUnless: (command: string) =>
        `You may not read this device. This allows it until it is unplugged: ${command}`,
      mayNotWin32: 'You may not read this device. Start Airlock as administrator to open it.',
    },
    letGo: {
      notMounted: 'The system does not have it mounted.',
      done: 'The system has let go of it.',
      noUdisks: (paths: string) => `The system has it mounted, and UDisks is not there to ask: sudo umount ${paths}`,
      refused: (who: string) => `The system could not let go of it: ${who}.`,
      notLocked: (who: string) => `An encrypted part of it is unlocked and could not be locked again: ${who}.`,
      usedBy: (holders: string) => `${holders} uses it`,
      usedBySomebody: 'a program may have files of it open',
      holder: (name: string, pid: number) => `${name} (process ${pid})`,
      win32: 'Airlock cannot have Windows unmount it. It can be opened for reading all the same.',
      systemRefused: 'The system could not unmount it.',
    },
    ejectOutcome: {
      safe: 'It may be pulled out.',
      othersInUse: (others: string) =>
        `It may be pulled out. Other media in the same reader are still in use: ${others}.`,
      othersOff: (others: string) =>
        `It may be pulled out. Other media in the same reader were switched off with it: ${others}.`,
      notYet: (what: string, who: string) => `Do not pull it out yet. ${what}: ${who}.`,
      notYetPlain: (what: string) => `Do not pull it out yet. ${what}.`,
      mountedStill: 'The system has it mounted and could not let go of it',
      lockedNot: 'An encrypted part of it is unlocked and could not be locked again',
      notOff: 'The drive could not be switched off',
      nothingWritten: (why: string) => `${why} Nothing was written to it: it may be pulled out all the same.`,
      noSwitch: 'The drive has no switch.',
      noTools: 'The drive was not switched off: neither udisksctl nor eject is installed.',
      failed: 'The drive could not be switched off.',
      notFound: 'Windows does not know this drive any more',
      veto: {
        program: (name: string) => `The program ${name} uses it.`,
        service: (name: string) => `The service ${name} uses it.`,
        driver: (name: string) => `The driver ${name} does not let go of it.`,
        open: 'A program has files of it open.',
        noRights: 'Your account may not eject it.',
        device: (name: string) => `Windows does not let go of it (${name}).`,
      },
    },
  },
};
