/** Reports of copies as files: beside what was copied, or where the user says, and never over another file. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { ReportKind } from '../contract.ts';
import { errorCode } from '../host-error.ts';
import { localDay } from '../local-day.ts';
import { texts } from '../texts.ts';
import { sha256sums } from '../transfers/report.ts';
import { reportHtml } from '../transfers/report-html.ts';
import type { CopyJob } from './copy-job.ts';
import { refused } from './problems.ts';

/** So many reports of one name beside each other are enough. */
const MAX_NUMBERED = 1000;

/** Where it was written. Throws RequestError. */
export function saveReport(copy: CopyJob, kind: ReportKind, path: string | null): string {
  const wanted = path ?? join(copy.job.target, defaultName(copy, kind));
  const text = kind === 'html' ? htmlOf(copy) : sha256sums(copy.items);
  try {
    mkdirSync(dirname(wanted), { recursive: true });
    return writeBesides(wanted, text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : null;
    throw refused(texts().copyEnd.noReportFolder(dirname(wanted)), detail);
  }
}

function htmlOf({ job, report, items, source }: CopyJob): string {
  return reportHtml({ job, report, items, source, volume: source.volumes.find(({ id }) => id === job.volume) ?? null });
}

function defaultName({ job }: CopyJob, kind: ReportKind): string {
  if (kind === 'sha256sum') return 'SHA256SUMS';
  const day = localDay(job.finishedAtMs ?? job.startedAtMs);
  return `${texts().reportFile.fileName(day)}.html`;
}

function writeBesides(wanted: string, text: string): string {
  const extension = extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  for (let number = 1; number < MAX_NUMBERED; number++) {
    const path = number === 1 ? wanted : `${stem} (${number})${extension}`;
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      writeFileSync(path, text, { flag: 'wx', mode: 0o644, flush: true });
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
  throw new Error('there are too many reports of this name');
}
