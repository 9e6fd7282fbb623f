/** Taking a medium over from the host: what it has mounted and unlocked of it is let go of, so that it can be opened for Airlock alone. */

import { texts } from '../texts.ts';
import { bsdName } from './darwin.ts';
import { dissenter } from './darwin-eject.ts';
import type { EjectOutcome } from './drive.ts';
import { type HostHold, hostHoldOf, isHeld, LetGoError, letGoOf, whoHolds } from './let-go.ts';
import { type RunCommand, runCommand } from './run-command.ts';
import { linuxDiskOf } from './sysfs.ts';
import { connectToUDisks, type UDisks } from './udisks.ts';

export interface TakeOverOptions {
  platform: NodeJS.Platform;
  run: RunCommand;
  holdOf(devicePath: string): HostHold;
  udisks(): Promise<UDisks | null>;
}

const HERE: TakeOverOptions = {
  platform: process.platform,
  run: runCommand,
  holdOf: hostHoldOf,
  udisks: connectToUDisks,
};

/** `safe`: nothing of it is mounted any more, and an exclusive open can be tried. `devicePath`: of the disk, or of one of its partitions for all of it. */
export async function takeOver(devicePath: string, options: TakeOverOptions = HERE): Promise<EjectOutcome> {
  const words = texts().drives.letGo;
  if (options.platform === 'darwin') return unmountDisk(devicePath, options.run);
  if (options.platform !== 'linux') return { safe: false, sentence: words.win32, detail: null };
  const disk = linuxDiskOf(devicePath);
  const hold = options.holdOf(disk);
  if (!isHeld(hold)) return { safe: true, sentence: words.notMounted, detail: null };
  const udisks = await options.udisks();
  if (udisks === null) {
    const nodes = [...hold.builtMounts, ...hold.mounts].join(' ');
    return { safe: false, sentence: words.noUdisks(nodes), detail: null };
  }
  try {
    await letGoOf(hold, udisks);
    return { safe: true, sentence: words.done, detail: null };
  } catch (error) {
    if (!(error instanceof LetGoError)) throw error;
    const who = whoHolds(disk);
    const sentence = error.part === 'encryption' ? words.notLocked(who) : words.refused(who);
    return { safe: false, sentence, detail: error.message };
  } finally {
    await udisks.close();
  }
}

/** macOS: every volume of the disk (diskutil(8)). */
async function unmountDisk(devicePath: string, run: RunCommand): Promise<EjectOutcome> {
  const words = texts().drives.letGo;
  const { code, output } = await run('/usr/sbin/diskutil', ['unmountDisk', bsdName(devicePath)]);
  if (code === 0) return { safe: true, sentence: words.done, detail: null };
  const holder = dissenter(output);
  const sentence = holder === null ? words.systemRefused : words.refused(words.usedBy(holder));
  return { safe: false, sentence, detail: output };
}
