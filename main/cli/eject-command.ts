/** `airlock eject`: unmounts a drive, switches it off, and says whether it may be pulled out. */

import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printable } from '../../assets/text/terminal-text.ts';
import { ejectDrive, otherCards } from '../drives/eject.ts';
import { watchDrives } from '../drives/media-list.ts';
import { linuxDiskOf } from '../drives/sysfs.ts';
import { UsageError } from './words.ts';

/** Exit code: 0 it may be pulled out, 1 not yet. */
export async function eject(argv: string[]): Promise<number> {
  const devicePath = deviceNamed(argv);
  const list = await watchDrives();
  const all = list.current();
  const drive = all.find((each) => each.devicePath === devicePath);
  list.close();
  if (drive === undefined) return say(`${devicePath} is not among the drives; airlock drives lists them.`, false);
  if (drive.system) return say(`The computer runs from ${devicePath}. It is not ejected.`, false);
  const { safe, sentence, detail } = await ejectDrive(drive, undefined, otherCards(drive, all));
  if (detail) process.stderr.write(`airlock: ${printable(detail)}\n`);
  return say(`${drive.name}: ${sentence}`, safe);
}

function deviceNamed(argv: string[]): string {
  const { positionals } = parsed(argv);
  if (positionals.length !== 1) throw new UsageError('which device? airlock drives lists them');
  try {
    const path = realpathSync(positionals[0]);
    return process.platform === 'linux' ? linuxDiskOf(path) : path;
  } catch {
    return positionals[0];
  }
}

function parsed(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: {}, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function say(sentence: string, safe: boolean): number {
  (safe ? process.stdout : process.stderr).write(`${printable(sentence)}\n`);
  return safe ? 0 : 1;
}
