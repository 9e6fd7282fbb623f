/** "Only documents, pictures, sound and video": which of the planned files are such, by what the kernel finds in them and not by their names. */

import type { ContentType } from '../../kernel-worker/contract.ts';
import { texts } from '../texts.ts';
import type { KernelCalls, Plan, PlannedFile } from './plan.ts';

/** Files of one call: a slow stick reads some 16 KiB for each, and a call may take ten seconds. */
const BATCH_FILES = 16;
/** Calls sent before the first is answered. */
const PARALLEL_CALLS = 4;

/**
 * Texts that a computer runs if they have such a name: batch files, scripts of Windows, shells and others. Their content does not tell them from
 * notes, so that here a name takes away what the content would let in; no name lets anything in.
 */
const RUNNABLE =
  /\.(?:bat|cmd|com|exe|scr|pif|js|jse|mjs|vbs|vbe|wsf|wsh|wsc|ws|hta|ps1|psm1|ps1xml|reg|inf|scf|url|lnk|desktop|sh|bash|zsh|fish|csh|command|tool|terminal|py|pyw|pl|rb|php|jnlp|msc|application|settingcontent-ms|library-ms|search-ms|applescript|scpt)$/i;

/** Takes everything else out of the plan, with its reason. Empty folders go too. */
export async function keepWantedContent(
  plan: Plan,
  kernel: KernelCalls,
  mount: number,
  whenRunning: () => Promise<void>,
  isStopped: () => boolean,
): Promise<Plan> {
  const kept: PlannedFile[] = [];
  const omissions = [...plan.omissions];
  const regular = plan.files.filter((file) => file.linkTarget === null);
  const types: Array<ContentType | undefined> = new Array(plan.files.length);
  let next = 0;
  const ask = async () => {
    while (next < regular.length && !isStopped()) {
      await whenRunning();
      const batch = regular.slice(next, next + BATCH_FILES);
      next += BATCH_FILES;
      const paths = batch.map((file) => file.path);
      const answers = await kernel.call('identify', mount, paths);
      for (const [i, file] of batch.entries()) types[file.index] = answers[i];
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_CALLS }, ask));
  for (const file of plan.files) {
    const { path, sizeBytes } = file;
    const type = types[file.index];
    if (type?.failure !== undefined) {
      const { failure } = type;
      omissions.push({ path, sizeBytes, outcome: 'failed', note: failure.message, failure });
      continue;
    }
    const note = whyNot(file, type);
    if (note === null) kept.push({ ...file, index: kept.length });
    else omissions.push({ path, sizeBytes, outcome: 'skipped', note, failure: null });
  }
  return withoutEmptyFolders({ ...plan, files: kept, omissions });
}

function whyNot(file: PlannedFile, type: ContentType | undefined): string | null {
  const { notWanted } = texts().copyNotes;
  switch (type?.class) {
    case 'document':
    case 'picture':
    case 'sound':
    case 'video':
    case 'text':
      return type.charset !== undefined && RUNNABLE.test(file.path) ? notWanted.runnable : null;
    case 'archive':
      return notWanted.archive;
    case 'program':
      return notWanted.program;
    default:
      return notWanted.other;
  }
}

function withoutEmptyFolders(plan: Plan): Plan {
  const used = new Set<Plan['root']>();
  for (const { folder } of plan.files)
    for (let at: Plan['root'] | null = folder; at !== null && !used.has(at); at = at.parent) used.add(at);
  const totalBytes = plan.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const storedBytes = plan.files.reduce((sum, file) => sum + file.storedBytes, 0);
  return { ...plan, folders: plan.folders.filter((folder) => used.has(folder)), totalBytes, storedBytes };
}
