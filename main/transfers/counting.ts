/** Before anything is copied: what is to be copied, what an earlier run has done of it, and whether there is room for the rest. */

import { texts } from '../texts.ts';
import { CopyEnd, throwIfAborted } from './copy-end.ts';
import type { CopyLedger } from './copy-ledger.ts';
import type { CopyOptions } from './copy-out.ts';
import { settledBefore } from './earlier-run.ts';
import type { TargetReport } from './orders.ts';
import { makePlan, type Plan, type PlannedFile } from './plan.ts';
import { sizeInWords } from './size-in-words.ts';
import { keepWantedContent } from './wanted-content.ts';

export interface CountedCopy {
  plan: Plan;
  /** The files that are to be copied now. */
  files: readonly PlannedFile[];
}

/** Walks, counts, and tells the ledger. Throws CopyEnd where the target has too little room. */
export async function countCopy(options: CopyOptions, opened: TargetReport, ledger: CopyLedger): Promise<CountedCopy> {
  const { kernel, mount, signal, target, earlier, side } = options;
  const whenRunning = () => options.pause.pass();
  const isStopped = () => signal.aborted;
  const walked = await makePlan({
    kernel,
    mount,
    paths: options.paths,
    rules: opened.rules,
    copySymlinks: options.symlinks,
    isStopped,
    whenRunning,
    onCount: () => ledger.tellSoon(),
  });
  throwIfAborted(signal);
  const wanted =
    options.only === 'all' ? walked : await keepWantedContent(walked, kernel, mount, whenRunning, isStopped);
  throwIfAborted(signal);
  const plan = withoutTooLarge(wanted, opened.maxFileBytes);
  const settled = earlier === null ? [] : await settledBefore(plan.files, earlier, side);
  ledger.planned(plan);
  for (const { file, item, copied } of settled) ledger.settledBefore(file, item, copied);
  const done = new Set(settled.map(({ file }) => file));
  const files = done.size === 0 ? plan.files : plan.files.filter((file) => !done.has(file));
  checkRoom(files, opened, target);
  return { plan, files };
}

function checkRoom(files: readonly PlannedFile[], { freeBytes, blockBytes }: TargetReport, target: string): void {
  if (freeBytes === null) return;
  const storedBytes = files.reduce((sum, file) => sum + file.storedBytes, 0);
  // The last block of each file is half empty on the average.
  const neededBytes = storedBytes + files.length * (blockBytes / 2);
  if (neededBytes <= freeBytes) return;
  const sentence = texts().copyEnd.noRoom(sizeInWords(storedBytes), sizeInWords(freeBytes));
  throw new CopyEnd('failed', sentence, target);
}

/** Files that the target cannot hold are told before any time is spent on them. */
function withoutTooLarge(plan: Plan, maxFileBytes: number | null): Plan {
  if (maxFileBytes === null || plan.files.every((file) => file.sizeBytes <= maxFileBytes)) return plan;
  const files: PlannedFile[] = [];
  const omissions = [...plan.omissions];
  let { totalBytes, storedBytes } = plan;
  for (const file of plan.files) {
    const { path, sizeBytes } = file;
    if (sizeBytes <= maxFileBytes) {
      files.push({ ...file, index: files.length });
      continue;
    }
    const note = texts().copyNotes.tooLargeForFat(sizeInWords(sizeBytes), sizeInWords(maxFileBytes));
    omissions.push({ path, sizeBytes, outcome: 'failed', note, failure: null });
    totalBytes -= sizeBytes;
    storedBytes -= file.storedBytes;
  }
  return { ...plan, files, omissions, totalBytes, storedBytes };
}
