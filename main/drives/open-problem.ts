/** Why a device could not be opened, and which command would help. */

import { userInfo } from 'node:os';
import type { FailureReport } from '../../kernel-worker/contract.ts';
import type { Problem } from '../contract.ts';

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
  if (failure.errno === 'EBUSY')
    return {
      sentence: 'Another program has this device for itself. Close it there, then open it here again.',
      detail,
      canRestart,
    };
  if (failure.errno === 'ENXIO' || failure.errno === 'ENOENT')
    return { sentence: 'There is no medium in the drive, or it was pulled out.', detail, canRestart };
  return { sentence: `The device cannot be opened: ${failure.message}.`, detail, canRestart };
}

function accessSentence(devicePath: string, platform: NodeJS.Platform): string {
  const may = 'You may not read this device.';
  if (platform === 'linux')
    return `${may} This allows it until it is unplugged: sudo setfacl -m u:${userInfo().username}:r ${devicePath}`;
  if (platform === 'darwin')
    return `${may} This allows it until it is unplugged: sudo chown ${userInfo().username} ${devicePath}`;
  if (platform === 'win32') return `${may} Start Airlock as administrator to open it.`;
  return may;
}
