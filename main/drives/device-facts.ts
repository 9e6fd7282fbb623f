/** What a host's registry of devices knows of a drive beyond drivelist's answer, on macOS and Windows. */

import type { Drive } from './drive.ts';

export interface DeviceFacts {
  vendor: string | null;
  model: string | null;
  serial: string | null;
  speedMbitPerSecond: number | null;
  /** Equal for the slots of one reader; null on its own. */
  reader: string | null;
}

const NOTHING: DeviceFacts = { vendor: null, model: null, serial: null, speedMbitPerSecond: null, reader: null };

type PlainDrive = Omit<Drive, 'vendor' | 'model' | 'serial' | 'speedMbitPerSecond' | 'siblings'>;

/** The drives with their facts, which are found by `keyOf`. */
export function withFacts(
  drives: readonly PlainDrive[],
  facts: ReadonlyMap<string, DeviceFacts>,
  keyOf: (drive: PlainDrive) => string,
): Drive[] {
  const known = drives.map((drive) => ({ drive, facts: facts.get(keyOf(drive)) ?? NOTHING }));
  return known.map(({ drive, facts: { reader, ...own } }) => {
    const others = known.filter((each) => reader !== null && each.facts.reader === reader && each.drive !== drive);
    return { ...drive, ...own, siblings: others.map((each) => each.drive.id) };
  });
}

/** Asks again only when other devices are there than last time: the question starts a program. */
export function rememberedFacts(
  ask: () => Promise<Map<string, DeviceFacts>>,
): (devices: readonly string[]) => Promise<Map<string, DeviceFacts>> {
  let askedFor: string | null = null;
  let known = new Map<string, DeviceFacts>();
  return async (devices) => {
    const wanted = devices.join('\n');
    if (wanted !== askedFor) {
      known = await ask();
      askedFor = wanted;
    }
    return known;
  };
}
