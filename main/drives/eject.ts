/** Ejecting: unmounting what the host has mounted, and switching the drive off, by the tools that each host has for it. */

import { spawn } from 'node:child_process';
import type { Drive, EjectOutcome } from './drive.ts';
import { hostMountsOf } from './linux.ts';

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
}

const HERE: EjectOptions = { platform: process.platform, run: runCommand, mountedNodes };

const MAY_BE_PULLED = 'It may be pulled out.';

/** Ejects a drive that no worker has open any more. */
export async function ejectDrive(drive: Drive, options: EjectOptions = HERE): Promise<EjectOutcome> {
  if (options.platform === 'linux') return ejectOnLinux(drive, options);
  if (options.platform === 'darwin') return ejectOnDarwin(drive, options);
  return letGo(drive, 'Use "Safely Remove Hardware" in the taskbar to switch it off.', null);
}

async function ejectOnLinux(drive: Drive, { run, mountedNodes }: EjectOptions): Promise<EjectOutcome> {
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
