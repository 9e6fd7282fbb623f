/**
 * Has Windows start the helper that reads one disk with an administrator's rights (assets/airlock-read-device.ps1, by Start-Process -Verb RunAs), and tells the
 * names of the two pipes over which it answers a kernel worker: main sees no byte that passes. Not run on Windows.
 */

import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import type { MediumSource } from '../../kernel-worker/contract.ts';
import { assetFile } from '../built-files.ts';
import { ElevationError } from './elevation-error.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const PIPES = '\\\\.\\pipe\\';
/** ERROR_CANCELLED: the question of User Account Control was answered with no. */
const CANCELLED = 1223;
/** PowerShell starts, compiles a line of C#, and asks for the disk. */
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;

export interface Win32ReaderOptions {
  script: string;
  run(command: string, args: string[]): Promise<CommandResult>;
  /** Names of the pipes that are there now. */
  pipes(): string[];
  readyWithinMs: number;
}

function here(): Win32ReaderOptions {
  return {
    // In the packages it lies beside Electron's archive, where PowerShell can open it.
    script: assetFile('airlock-read-device.ps1').replace(/app\.asar[\\/].*$/, 'airlock-read-device.ps1'),
    run: runCommand,
    pipes: () => readdirSync(PIPES),
    readyWithinMs: READY_WITHIN_MS,
  };
}

/** Waits as long as the user is asked. Throws ElevationError. */
export async function startWin32Reader(
  devicePath: string,
  geometry: { sizeBytes: number; sectorSize: number },
  options: Win32ReaderOptions = here(),
): Promise<MediumSource> {
  const name = `airlock-${randomBytes(16).toString('hex')}`;
  const command = startCommand(options.script, devicePath, name);
  const args = ['-NoProfile', '-NonInteractive', '-Command', command];
  const { code, output } = await options.run('powershell.exe', args);
  if (code === CANCELLED) throw new ElevationError('the question for an administrator was answered with no', true);
  if (code !== 0) throw new ElevationError(`the reading helper could not be started: ${output || code}`);
  const [requestPath, answerPath] = [`${name}-request`, `${name}-answer`];
  const isReady = () => [requestPath, answerPath].every((pipe) => options.pipes().includes(pipe));
  for (const sinceMs = Date.now(); !isReady(); await later(LOOK_EVERY_MS))
    if (Date.now() - sinceMs > options.readyWithinMs)
      throw new ElevationError('the reading helper refused: it is no removable disk, or it cannot be opened');
  return { kind: 'helper', requestPath: PIPES + requestPath, answerPath: PIPES + answerPath, ...geometry };
}

/** The user's own identifier goes along: somebody else's password may have been typed. */
export function startCommand(script: string, devicePath: string, name: string): string {
  // Neither a variable nor an escape of PowerShell's.
  const path = script.replace(/[`$]/g, '`$&');
  const file = `-File "${path}" -Device "${devicePath}" -Pipes "${name}" -User "$user"`;
  const line = `-NoProfile -NonInteractive -ExecutionPolicy Bypass ${file}`.replaceAll('"', '`"');
  return [
    "$ErrorActionPreference = 'Stop'",
    '$user = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value',
    `try { Start-Process powershell.exe -Verb RunAs -WindowStyle Hidden -ArgumentList "${line}" } catch { if ($_.Exception.GetBaseException().NativeErrorCode -eq ${CANCELLED}) { exit ${CANCELLED} }; throw }`,
  ].join('; ');
}
