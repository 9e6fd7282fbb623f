/** The drives as `drivelist` reports them (https://www.npmjs.com/package/drivelist), with its answers checked: it runs other programs and reads their output. */

import { createRequire } from 'node:module';
import * as v from 'valibot';

const text = v.fallback(v.string(), '');
const flag = v.fallback(v.boolean(), false);
const size = v.fallback(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null);

const listedDrive = v.object({
  /** '/dev/sdb', '/dev/disk4', '\\.\PhysicalDrive2'. */
  device: v.string(),
  /** What is opened: on macOS '/dev/rdisk4'. */
  raw: v.string(),
  description: text,
  busType: text,
  size,
  logicalBlockSize: size,
  mountpoints: v.fallback(v.array(v.object({ path: v.string() })), []),
  isSystem: flag,
  isVirtual: flag,
  isRemovable: flag,
  isUSB: flag,
  isCard: flag,
});

export type ListedDrive = v.InferOutput<typeof listedDrive>;

/** What does not look like a drive is left out. Throws what drivelist throws. */
export async function listDrives(): Promise<ListedDrive[]> {
  const drivelist: { list(): Promise<unknown> } = createRequire(import.meta.url)('drivelist');
  return checkedDrives(await drivelist.list());
}

export function checkedDrives(answer: unknown): ListedDrive[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((item) => {
    const result = v.safeParse(listedDrive, item);
    return result.success ? [result.output] : [];
  });
}
