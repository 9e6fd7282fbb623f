/** Taking a medium over from the host: everything of it that the host has mounted is unmounted, so that it can be opened for Airlock alone. */

import type { EjectOutcome } from './drive.ts';
import { holdersOf, holdersText } from './holders.ts';
import { hostMountsOf } from './host-mounts.ts';
import { BusError } from './system-bus.ts';
import { connectToUDisks } from './udisks.ts';

/** Linux. `safe`: nothing of it is mounted any more, and an exclusive open can be tried. `devicePath`: the whole disk's, or a partition's own mounts. */
export async function takeOver(devicePath: string): Promise<EjectOutcome> {
  const mounts = hostMountsOf(devicePath.replace(/^\/dev\//, ''));
  if (mounts.length === 0) return { safe: true, sentence: 'The system does not have it mounted.', detail: null };
  const udisks = await connectToUDisks();
  if (udisks === null) {
    const nodes = mounts.map(({ path }) => path).join(' ');
    const sentence = `The system has it mounted, and UDisks is not there to ask: sudo umount ${nodes}`;
    return { safe: false, sentence, detail: null };
  }
  try {
    for (const node of new Set(mounts.map(({ source }) => source))) await udisks.unmount(node);
    return { safe: true, sentence: 'The system has let go of it.', detail: null };
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    const holders = holdersOf(mounts.map(({ path }) => path));
    const who = holders.length > 0 ? `${holdersText(holders)} uses it` : 'a program may have files of it open';
    return { safe: false, sentence: `The system could not let go of it: ${who}.`, detail: error.message };
  } finally {
    await udisks.close();
  }
}
