/** Ejecting: unmounting what the host has mounted, and switching the drive off, by the tools that each host has for it. */

import { spawn } from 'node:child_process';
import type { Drive, EjectOutcome } from './drive.ts';
import { holdersOf, holdersText } from './holders.ts';
import { hostMountsOf } from './host-mounts.ts';
import { partitionNodes, otherMediaNodes as siblingNodes } from './sysfs.ts';
import { BusError } from './system-bus.ts';
import { connectToUDisks, type DriveTraits, type UDisks } from './udisks.ts';

/** A stick that is flushed can take its time. */
const COMMAND_TIMEOUT_MS = 60_000;
/** As much as anybody wants to read of a tool's complaint. */
const MAX_OUTPUT = 2000;

export interface CommandResult {
  /** null: there is no such command. */
  code: number | null;
  output: string;
}

export type RunCommand = (command: string, args: string[]) => Promise<CommandResult>;

export interface EjectOptions {
  platform: NodeJS.Platform;
  run: RunCommand;
  /** Device nodes of the drive that the host has mounted. */
  mountedNodes(drive: Drive): string[];
  /** Linux: UDisks2 on the bus; null where it is not there. Left out: only commands are tried. */
  udisks?(): Promise<UDisks | null>;
}

const HERE: EjectOptions = { platform: process.platform, run: runCommand, mountedNodes, udisks: connectToUDisks };

const MAY_BE_PULLED = 'It may be pulled out.';

/** Ejects a drive that no worker has open any more. */
export async function ejectDrive(drive: Drive, options: EjectOptions = HERE): Promise<EjectOutcome> {
  if (options.platform === 'linux') {
    const udisks = (await options.udisks?.()) ?? null;
    if (udisks === null) return ejectByCommands(drive, options);
    return ejectThroughUDisks(drive, options, udisks).finally(() => udisks.close());
  }
  if (options.platform === 'darwin') return ejectOnDarwin(drive, options);
  return letGo(drive, 'Use "Safely Remove Hardware" in the taskbar to switch it off.', null);
}

/** Every partition unmounted, then the drive switched off; a card is taken out of its reader where others are in it. */
async function ejectThroughUDisks(drive: Drive, options: EjectOptions, udisks: UDisks): Promise<EjectOutcome> {
  try {
    for (const node of options.mountedNodes(drive)) await udisks.unmount(node);
  } catch (error) {
    return stillHeld(drive, 'The system has it mounted and could not let go of it', error);
  }
  const siblings = siblingNodes(drive.devicePath);
  try {
    const traits = await udisks.traits(drive.devicePath);
    const way = wayOut(traits, siblings);
    if (way === null) return letGo({ ...drive, hostMounts: [] }, 'The drive has no switch.', null);
    await udisks[way](traits);
    return { safe: true, sentence: pulledWith(way, siblings), detail: null };
  } catch (error) {
    return stillHeld(drive, 'The drive could not be switched off', error);
  }
}

function wayOut(traits: DriveTraits, siblings: readonly string[]): 'eject' | 'powerOff' | null {
  if (traits.ejectable && (siblings.length > 0 || !traits.canPowerOff)) return 'eject';
  return traits.canPowerOff ? 'powerOff' : null;
}

/** Switching a reader off takes its other cards along. */
function pulledWith(way: 'eject' | 'powerOff', siblings: readonly string[]): string {
  if (siblings.length === 0) return MAY_BE_PULLED;
  return way === 'eject'
    ? `${MAY_BE_PULLED} Other media in the same reader are still in use: ${siblings.join(', ')}.`
    : `${MAY_BE_PULLED} Other media in the same reader were switched off with it: ${siblings.join(', ')}.`;
}

function stillHeld(drive: Drive, what: string, error: unknown): EjectOutcome {
  if (!(error instanceof BusError)) throw error;
  const mounts = hostMountsOf(drive.devicePath.replace(/^\/dev\//, '')).map((mount) => mount.path);
  const holders = holdersOf([drive.devicePath, ...partitionNodes(drive.devicePath), ...mounts]);
  const who = holders.length > 0 ? `${holdersText(holders)} uses it` : 'a program may have files of it open';
  return { safe: false, sentence: `Do not pull it out yet. ${what}: ${who}.`, detail: error.message };
}

async function ejectByCommands(drive: Drive, { run, mountedNodes }: EjectOptions): Promise<EjectOutcome> {
  for (const node of mountedNodes(drive)) {
    const result = await firstThatWorks(run, [
      ['udisksctl', ['unmount', '--no-user-interaction', '-b', node]],
      ['umount', ['--', node]],
    ]);
    if (result.code !== 0) {
      const sentence = 'The system has it mounted and could not let go of it: a program may have files of it open.';
      return { safe: false, sentence, detail: result.output };
    }
  }
  const result = await firstThatWorks(run, [
    ['udisksctl', ['power-off', '--no-user-interaction', '-b', drive.devicePath]],
    ['eject', [drive.devicePath]],
  ]);
  if (result.code === 0) return { safe: true, sentence: MAY_BE_PULLED, detail: null };
  const why =
    result.code === null
      ? 'The drive was not switched off: neither udisksctl nor eject is installed.'
      : 'The drive could not be switched off.';
  return letGo({ ...drive, hostMounts: [] }, why, result.output);
}

async function ejectOnDarwin(drive: Drive, { run }: EjectOptions): Promise<EjectOutcome> {
  const result = await run('diskutil', ['eject', drive.devicePath.replace('/dev/rdisk', '/dev/disk')]);
  if (result.code === 0) return { safe: true, sentence: MAY_BE_PULLED, detail: null };
  return letGo(drive, 'The system could not eject it.', result.output);
}

/** Airlock has closed it and has only read from it: unless the host has it mounted, nothing can be lost. */
function letGo(drive: Drive, why: string, detail: string | null): EjectOutcome {
  if (drive.hostMounts.length > 0)
    return { safe: false, sentence: `${why} The system still has it mounted: eject it there.`, detail };
  return { safe: true, sentence: `${why} Nothing was written to it: it may be pulled out all the same.`, detail };
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

function mountedNodes(drive: Drive): string[] {
  const mounts = hostMountsOf(drive.devicePath.replace(/^\/dev\//, ''));
  return [...new Set(mounts.map((mount) => mount.source).filter((source) => source.startsWith('/dev/')))];
}

/** Runs a program without a shell. */
function runCommand(command: string, args: string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: COMMAND_TIMEOUT_MS });
    let output = '';
    const take = (text: Buffer) => {
      output = (output + text.toString()).slice(0, MAX_OUTPUT);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}
