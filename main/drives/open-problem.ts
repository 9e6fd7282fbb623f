/** Why a device could not be opened, and which command would help. */

import { userInfo } from 'node:os';
import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Problem } from '../contract.ts';
import { texts } from '../texts.ts';

/** The problem of a device that its worker could not open. */
export async function openProblem(
  failure: FailureReport,
  devicePath: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Problem> {
  const detail = `${failure.errno}: ${failure.message}`;
  const canRestart = true;
  if (failure.errno === 'EACCES' || failure.errno === 'EPERM')
    return { sentence: accessSentence(devicePath, platform), detail, canRestart };
  const words = texts().drives.open;
  if (failure.errno === 'EBUSY') return { sentence: words.inUse, detail, canRestart };
  if (failure.errno === 'ENXIO' || failure.errno === 'ENOENT') return { sentence: words.noMedium, detail, canRestart };
  return { sentence: words.failed(failure.message), detail, canRestart };
}

function accessSentence(devicePath: string, platform: NodeJS.Platform): string {
  const words = texts().drives.open;
  if (platform === 'linux') return words.mayNotUnless(`sudo setfacl -m u:${userInfo().username}:r ${devicePath}`);
  if (platform === 'darwin') return words.mayNotUnless(`sudo chown ${userInfo().username} ${devicePath}`);
  return platform === 'win32' ? words.mayNotWin32 : words.mayNot;
}
