/** Ejecting on macOS (diskutil(8)): it unmounts every volume of the disk, and names who is against it. */

import { texts } from '../texts.ts';
import { bsdName } from './darwin.ts';
import type { EjectOutcome } from './drive.ts';
import type { RunCommand } from './run-command.ts';

export async function ejectOnDarwin(devicePath: string, run: RunCommand): Promise<EjectOutcome> {
  const words = texts().drives.ejectOutcome;
  const { code, output } = await run('/usr/sbin/diskutil', ['eject', bsdName(devicePath)]);
  if (code === 0) return { safe: true, sentence: words.safe, detail: null };
  const holder = dissenter(output);
  const sentence =
    holder === null
      ? words.notYetPlain(words.mountedStill)
      : words.notYet(words.mountedStill, texts().drives.letGo.usedBy(holder));
  return { safe: false, sentence, detail: output };
}

/** 'tail (process 47781)' of 'Unmount was dissented by PID 47781 (/usr/bin/tail)'; the line behind it names only the parent. null where nobody is named. */
export function dissenter(output: string): string | null {
  const found = /dissented by PID[ =]?(\d+)(?: \(([^)\n]+)\))?/i.exec(output);
  if (found === null) return null;
  const name = (found[2] ?? '').replace(/^.*\//, '').trim();
  return texts().drives.letGo.holder(name || '?', Number(found[1]));
}
