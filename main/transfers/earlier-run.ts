/** What an earlier run of the same copy has settled: files that are still whole at the target are not copied again, and what the user skipped stays so. */

import type { FileIdentity } from '../../kernel-worker/contract.ts';
import type { JobItem } from '../contract.ts';
import type { StandingFile, TargetSide } from './orders.ts';
import type { PlannedFile } from './plan.ts';
import type { CopyReport } from './report.ts';

/** Of a file that was copied and verified: the dates by which it is known again, on the medium and at the target. */
export interface CopiedBefore {
  sourceMtimeMs: number | null;
  writtenMtimeMs: number;
  /** Which file it is; null where it may have replaced another. */
  own: FileIdentity | null;
}

export type EarlierRun = Pick<CopyReport, 'items' | 'copiedBefore'>;

export interface SettledBefore {
  file: PlannedFile;
  item: JobItem;
  copied: CopiedBefore | null;
}

/** Files asked of the target side at a time. */
const BATCH_FILES = 1000;

/** Which of the planned files need no other run. */
export async function settledBefore(
  files: readonly PlannedFile[],
  earlier: EarlierRun,
  side: TargetSide,
): Promise<SettledBefore[]> {
  const items = new Map(earlier.items.map((item) => [item.path, item]));
  const settled: SettledBefore[] = [];
  const toCheck: Array<SettledBefore & { standing: StandingFile }> = [];
  for (const file of files) {
    const item = items.get(file.path);
    if (item === undefined || item.sizeBytes !== file.sizeBytes) continue;
    const copied = earlier.copiedBefore.get(file.path) ?? null;
    if (item.outcome === 'skipped') settled.push({ file, item, copied: null });
    else if (item.outcome === 'copied' && item.writtenAs !== null && copied?.sourceMtimeMs === file.mtimeMs) {
      const standing = { path: item.writtenAs, sizeBytes: item.sizeBytes, mtimeMs: copied.writtenMtimeMs };
      toCheck.push({ file, item, copied, standing });
    }
  }
  for (let at = 0; at < toCheck.length; at += BATCH_FILES) {
    const batch = toCheck.slice(at, at + BATCH_FILES);
    const stands = await side.standing(batch.map(({ standing }) => standing));
    for (const [i, { file, item, copied }] of batch.entries()) if (stands[i]) settled.push({ file, item, copied });
  }
  return settled;
}
