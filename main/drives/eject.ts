/** Ejecting: what the host has mounted and unlocked is let go of, and the drive is switched off, by the means that each host has for it. */

import { texts } from '../texts.ts';
import { ejectOnDarwin } from './darwin-eject.ts';
import type { Drive, EjectOutcome } from './drive.ts';
import { type HostHold, hostHoldOf, LetGoError, letGoOf, whoHolds } from './let-go.ts';
import { type CommandResult, type RunCommand, runCommand } from './run-command.ts';
import { otherMediaNodes } from './sysfs.ts';
import { BusError } from './system-bus.ts';
import { connectToUDisks, type DriveTraits, type UDisks } from './udisks.ts';
import { ejectOnWin32 } from './win32-eject.ts';

export interface EjectOptions {
  platform: NodeJS.Platform;
  run: RunCommand;
  /** Linux: what the host has of the drive. */
  holdOf(devicePath: string): HostHold;
  /** Linux: nodes of the other cards in the same reader. */
  othersOf(devicePath: string): string[];
  /** Linux: UDisks2 on the bus; null where it is not there: then commands are tried. */
  udisks(): Promise<UDisks | null>;
}

const HERE: EjectOptions = {
  platform: process.platform,
  run: runCommand,
  holdOf: hostHoldOf,
  othersOf: otherMediaNodes,
  udisks: connectToUDisks,
};

/** Other media in the same reader, which may have to go with this one: to be told before ejecting. `all`: every drive of the list. */
export function otherCards(drive: Drive, all: readonly Drive[]): Drive[] {
  return all.filter((other) => drive.siblings.includes(other.id) && other.hasMedium);
}

/** Ejects a drive that no worker has open any more. `others`: its other cards. */
export async function ejectDrive(
  drive: Drive,
  options: EjectOptions = HERE,
  others: readonly Drive[] = [],
): Promise<EjectOutcome> {
  if (options.platform === 'darwin') return ejectOnDarwin(drive.devicePath, options.run);
  if (options.platform === 'win32')
    return ejectOnWin32(
      drive,
      others.map(({ name }) => name),
    );
  const udisks = await options.udisks();
  if (udisks === null) return ejectByCommands(drive, options);
  return ejectThroughUDisks(drive, options, udisks).finally(() => udisks.close());
}

/** Everything let go of, then the drive switched off; a card is taken out of its reader where others are in it. */
async function ejectThroughUDisks(drive: Drive, options: EjectOptions, udisks: UDisks): Promise<EjectOutcome> {
  const words = texts().drives.ejectOutcome;
  const { devicePath } = drive;
  try {
    await letGoOf(options.holdOf(devicePath), udisks);
  } catch (error) {
    if (!(error instanceof LetGoError)) throw error;
    const what = error.part === 'encryption' ? words.lockedNot : words.mountedStill;
    return { safe: false, sentence: words.notYet(what, whoHolds(devicePath)), detail: error.message };
  }
  const others = options.othersOf(devicePath);
  try {
    const traits = await udisks.traits(devicePath);
    const way = wayOut(traits, others);
    if (way === null) return nothingLost(words.noSwitch, null);
    await udisks[way](traits);
    return { safe: true, sentence: pulledWith(way, others), detail: null };
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    return { safe: false, sentence: words.notYet(words.notOff, whoHolds(devicePath)), detail: error.message };
  }
}

function wayOut(traits: DriveTraits, others: readonly string[]): 'eject' | 'powerOff' | null {
  if (traits.ejectable && (others.length > 0 || !traits.canPowerOff)) return 'eject';
  return traits.canPowerOff ? 'powerOff' : null;
}

/** Switching a reader off takes its other cards along. */
function pulledWith(way: 'eject' | 'powerOff', others: readonly string[]): string {
  const words = texts().drives.ejectOutcome;
  if (others.length === 0) return words.safe;
  return way === 'eject' ? words.othersInUse(others.join(', ')) : words.othersOff(others.join(', '));
}

async function ejectByCommands(drive: Drive, { run, holdOf }: EjectOptions): Promise<EjectOutcome> {
  const words = texts().drives.ejectOutcome;
  const { builtMounts, unlocked, mounts } = holdOf(drive.devicePath);
  const unmount = (node: string): Array<[string, string[]]> => [
    ['udisksctl', ['unmount', '--no-user-interaction', '-b', node]],
    ['umount', ['--', node]],
  ];
  const lock = (node: string): Array<[string, string[]]> => [
    ['udisksctl', ['lock', '--no-user-interaction', '-b', node]],
  ];
  const steps = [...builtMounts.map(unmount), ...unlocked.map(lock), ...mounts.map(unmount)];
  for (const step of steps) {
    const result = await firstThatWorks(run, step);
    if (result.code === 0) continue;
    const sentence = words.notYet(words.mountedStill, whoHolds(drive.devicePath));
    return { safe: false, sentence, detail: result.output };
  }
  const result = await firstThatWorks(run, [
    ['udisksctl', ['power-off', '--no-user-interaction', '-b', drive.devicePath]],
    ['eject', [drive.devicePath]],
  ]);
  if (result.code === 0) return { safe: true, sentence: words.safe, detail: null };
  return nothingLost(result.code === null ? words.noTools : words.failed, result.output);
}

/** Nothing of it is mounted, Airlock has closed it and has only read from it: nothing can be lost. */
function nothingLost(why: string, detail: string | null): EjectOutcome {
  return { safe: true, sentence: texts().drives.ejectOutcome.nothingWritten(why), detail };
}

/** The result of the first command that succeeds, or of the last that is there. */
async function firstThatWorks(run: RunCommand, commands: Array<[string, string[]]>): Promise<CommandResult> {
  let last: CommandResult = { code: null, output: '' };
  for (const [command, args] of commands) {
    const result = await run(command, args);
    if (result.code === 0) return result;
    if (result.code !== null) last = result;
  }
  return last;
}
