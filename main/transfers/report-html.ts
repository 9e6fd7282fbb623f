/**
 * The report of a copy as one HTML file: no script, nothing loaded from elsewhere, every name from the medium escaped and shown so that it cannot
 * mislead. Light or dark as the reader's system is.
 */

import { directionOf } from '../../assets/messages/languages.ts';
import { displayPieces, visibleText } from '../../assets/text/display-text.ts';
import type { Job, JobItem, Medium, Volume } from '../contract.ts';
import { language, locale, texts } from '../texts.ts';
import type { CopyReport } from './report.ts';
import { sizeInWords } from './size-in-words.ts';

export interface ReportedCopy {
  job: Job;
  /** null: it did not come so far as to begin. */
  report: CopyReport | null;
  items: readonly JobItem[];
  source: Medium;
  volume: Volume | null;
}

const STYLE = `
:root { color-scheme: light dark; --line: #d9dde3; --soft: #5b6472; --bad: #b3261e; --mark: #a3480b; --sunken: #f5f6f8; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4049; --soft: #a4adba; --bad: #ff8a80; --mark: #ffb07c; --sunken: #1c2026; } }
* { box-sizing: border-box; }
body { max-width: 1100px; margin: 0 auto; padding: 32px 20px 64px; font: 15px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
h1 { margin: 0 0 4px; font-size: 26px; }
h2 { margin: 36px 0 8px; font-size: 18px; }
h2 span, .soft { color: var(--soft); font-weight: 400; }
.outcome { margin: 0 0 20px; font-size: 17px; }
.bad { color: var(--bad); }
dl { display: grid; grid-template-columns: minmax(120px, max-content) 1fr; gap: 4px 20px; margin: 0; padding: 16px 18px; border-radius: 10px; background: var(--sunken); }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
.number { padding-inline-end: 24px; text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: 12px/1.5 ui-monospace, monospace; color: var(--soft); }
.mark { padding: 0 2px; border-radius: 3px; color: var(--mark); font: 11px/1.4 ui-monospace, monospace; outline: 1px solid currentColor; }
footer { margin-top: 40px; color: var(--soft); font-size: 13px; }
`;

export function reportHtml(copy: ReportedCopy): string {
  const text = texts().reportFile;
  const { job, items } = copy;
  const failed = items.filter((item) => item.outcome === 'failed' || item.outcome === 'missing');
  const skipped = items.filter((item) => item.outcome === 'skipped');
  const copied = items.filter((item) => item.outcome === 'copied' && item.sha256 !== null);
  const renamed = items.filter((item) => item.outcome === 'copied' && item.note !== null);
  const title = text.title(visibleText(job.mediumName));
  return `<!doctype html>
<html lang="${language()}" dir="${directionOf(language())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${outcomeLine(copy)}
${factList(copy)}
${section(text.notCopied, failed, ['file', 'size', 'why'])}
${section(text.renamed, renamed, ['file', 'writtenAs', 'why'])}
${section(text.skipped, skipped, ['file', 'size', 'why'])}
${section(text.files, copied, ['file', 'size', 'hash'])}
<footer>${escaped(text.unreadNames)}</footer>
</body>
</html>
`;
}

function outcomeLine({ job }: ReportedCopy): string {
  const { outcome } = texts().reportFile;
  const isGood = job.state === 'done' && job.failed === 0;
  const told =
    job.state === 'cancelled' || job.state === 'failed' || job.state === 'interrupted'
      ? outcome[job.state]
      : isGood
        ? outcome.done
        : outcome.doneWith;
  const why = job.problem === null ? '' : ` ${job.problem.sentence}`;
  return `<p class="outcome${isGood ? '' : ' bad'}">${escaped(told + why)}</p>`;
}

function factList(copy: ReportedCopy): string {
  const { facts } = texts().reportFile;
  const rows = factsOf(copy).filter(([, value]) => value !== '');
  return `<dl>${rows.map(([key, value]) => `<dt>${escaped(facts[key])}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

/** Values are HTML. */
function factsOf({
  job,
  report,
  items,
  source,
  volume,
}: ReportedCopy): Array<[keyof ReturnType<typeof texts>['reportFile']['facts'], string]> {
  const text = texts().reportFile;
  const device = [source.vendor, source.model].filter(Boolean).join(' ');
  const copied = items.filter((item) => item.sha256 !== null);
  const bytes = copied.reduce((sum, item) => sum + item.sizeBytes, 0);
  return [
    ['from', name(source.kind === 'device' ? source.name : source.location)],
    ['device', device === '' ? '' : name(device)],
    ['size', source.sizeBytes === null ? '' : escaped(sizeInWords(source.sizeBytes))],
    ['label', volume?.info?.label ? name(volume.info.label) : ''],
    ['fileSystem', volume?.info ? name(volume.info.title) : ''],
    ['to', name(job.target)],
    ['began', moment(job.startedAtMs)],
    ['ended', job.finishedAtMs === null ? '' : moment(job.finishedAtMs)],
    ['copied', escaped(text.copied(String(copied.length), sizeInWords(bytes)))],
    ['selection', job.only === 'all' ? '' : escaped(text.onlyDocuments)],
    ['checked', report === null ? '' : escaped(report.verification === 'disk' ? text.checkedDisk : text.checkedCache)],
    ['marks', report === null ? '' : escaped(marksText(report))],
  ];
}

function marksText({ marks, unmarked }: CopyReport): string {
  const text = texts().reportFile;
  if (marks === 'off') return text.marksOff;
  if (marks === 'impossible') return text.marksImpossible;
  return unmarked === 0 ? text.marksSet : text.marksSome(String(unmarked));
}

type Column = keyof ReturnType<typeof texts>['reportFile']['columns'];

/** '' where there is nothing to tell. */
function section(heading: string, items: readonly JobItem[], columns: readonly Column[]): string {
  if (items.length === 0) return '';
  const { columns: names } = texts().reportFile;
  const heads = columns.map(
    (column) => `<th${column === 'size' ? ' class="number"' : ''}>${escaped(names[column])}</th>`,
  );
  const rows = items.map((item) => `<tr>${columns.map((column) => cell(item, column)).join('')}</tr>`);
  return `<section><h2>${escaped(heading)} <span>${items.length}</span></h2><div class="scroll"><table><thead><tr>${heads.join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div></section>`;
}

function cell(item: JobItem, column: Column): string {
  switch (column) {
    case 'file':
      return `<td>${name(item.path.replace(/^\//, ''))}</td>`;
    case 'writtenAs':
      return `<td>${name(item.writtenAs ?? '')}</td>`;
    case 'size':
      return `<td class="number">${escaped(sizeInWords(item.sizeBytes))}</td>`;
    case 'hash':
      return `<td><code>${escaped(item.sha256 ?? '')}</code></td>`;
    case 'why':
      return `<td>${why(item)}</td>`;
  }
}

function why({ note, failure }: JobItem): string {
  const place = failure?.byteOffset;
  const where =
    place === undefined || /byte \d/.test(note ?? '') ? '' : ` (${texts().reportFile.atByte(String(place))})`;
  return name((note ?? '') + where);
}

function moment(ms: number): string {
  const date = new Date(ms);
  return `<time datetime="${date.toISOString()}">${escaped(date.toLocaleString(locale()))}</time>`;
}

/** A name, or words in which one may be: isolated, so that its direction changes nothing around it. */
function name(raw: string): string {
  const pieces = displayPieces(raw).map(({ text, mark }) =>
    mark ? `<span class="mark">${escaped(text)}</span>` : escaped(text),
  );
  return `<bdi>${pieces.join('')}</bdi>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
