/** The report of a finished copy, as JSON and as a file for `sha256sum --check` (GNU coreutils). */

import type { CopySelection, JobItem, Verification } from '../contract.ts';
import type { EndOutcome } from './copy-end.ts';
import type { CopiedBefore } from './earlier-run.ts';

/** What is known of a copy before it begins. */
export interface ReportFrame {
  target: string;
  verification: Verification;
  only: CopySelection;
  /** Whether copied files carry a mark of where they come from: `impossible` at this target. */
  marks: 'set' | 'off' | 'impossible';
}

export interface CopyReport extends ReportFrame {
  outcome: 'done' | EndOutcome;
  /** Why it broke off, in a sentence; null if it did not. */
  problem: string | null;
  detail: string | null;
  /** Failed ones first, then those that it did not come to. */
  items: JobItem[];
  copiedFiles: number;
  copiedBytes: number;
  failed: number;
  skipped: number;
  renamed: number;
  missingFiles: number;
  missingBytes: number;
  /** For another run, by paths on the medium. */
  copiedBefore: ReadonlyMap<string, CopiedBefore>;
  /** Folders that were not there before, below the target. */
  madeFolders: readonly string[];
  /** Files on which the mark could not be set. */
  unmarked: number;
}

export function reportJson(report: CopyReport): string {
  const { copiedBefore, madeFolders, ...told } = report;
  const items = told.items.map((item) => ({ ...item, path: item.path.toWellFormed() }));
  return `${JSON.stringify({ ...told, items }, null, 2)}\n`;
}

/** One line for each copied file: hash, two spaces, path below the target. Names with a backslash or a line break are escaped as sha256sum does it. */
export function sha256sums(items: readonly JobItem[]): string {
  let text = '';
  for (const { writtenAs, sha256 } of items) {
    if (writtenAs === null || sha256 === null) continue;
    const escaped = writtenAs.replace(/[\\\n\r]/g, (c) => (c === '\\' ? '\\\\' : c === '\n' ? '\\n' : '\\r'));
    text += `${escaped === writtenAs ? '' : '\\'}${sha256}  ${escaped}\n`;
  }
  return text;
}
