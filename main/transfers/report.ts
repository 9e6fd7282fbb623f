/** The report of a finished copy, as JSON and as a file for `sha256sum --check` (GNU coreutils). */

import type { JobItem } from '../contract.ts';
import type { Verification } from './orders.ts';

export interface CopyReport {
  outcome: 'done' | 'cancelled' | 'failed';
  /** Why it failed as a whole, in a sentence; null if it did not. */
  problem: string | null;
  detail: string | null;
  target: string;
  verification: Verification;
  /** Failed ones first. */
  items: JobItem[];
  copiedFiles: number;
  copiedBytes: number;
  failed: number;
  skipped: number;
  renamed: number;
}

export function reportJson(report: CopyReport): string {
  const items = report.items.map((item) => ({ ...item, path: item.path.toWellFormed() }));
  return `${JSON.stringify({ ...report, items }, null, 2)}\n`;
}

/** One line for each copied file: hash, two spaces, path below the target. Names with a backslash or a line break are escaped as sha256sum does it. */
export function sha256sums(report: CopyReport): string {
  let text = '';
  for (const { writtenAs, sha256 } of report.items) {
    if (writtenAs === null || sha256 === null) continue;
    const escaped = writtenAs.replace(/[\\\n\r]/g, (c) => (c === '\\' ? '\\\\' : c === '\n' ? '\\n' : '\\r'));
    text += `${escaped === writtenAs ? '' : '\\'}${sha256}  ${escaped}\n`;
  }
  return text;
}
