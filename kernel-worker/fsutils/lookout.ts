/** `airlock lookout`: what on a file system deserves suspicion, a line for each finding with its reason, or as JSON. */

import { lookout as messages } from '../../assets/messages/en/lookout.ts';
import { printable, printableJson } from '../../assets/text/terminal-text.ts';
import type { Finding, FindingKind, LookoutHost, LookoutSlice, Severity } from '../lookout/finding.ts';
import { KINDS } from '../lookout/finding.ts';
import { Lookout } from '../lookout/scan.ts';
import { displayName } from '../rump/vfs/names.ts';
import { mountOptions, parseFlags, partitionNumber, UsageError } from './commandline.ts';
import { humanSize } from './ls.ts';
import { openSession } from './session.ts';
import { complain, complainJson, type Output } from './terminal.ts';

export const usage = 'airlock lookout SOURCE [--partition N] [--json] [-t fstype] [-o options]';

const SLICE_ENTRIES = 1000;
const SEVERITIES: Severity[] = ['danger', 'note', 'harmless'];
const text = messages.lookout;

/** Exit code: 0 nothing that deserves suspicion was found, 4 something was; 3 nothing was, but not all could be looked at. */
export async function lookout(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseFlags(argv, {
    json: { type: 'boolean' },
    partition: { type: 'string', short: 'p' },
    type: { type: 'string', short: 't' },
    options: { type: 'string', short: 'o' },
  });
  if (positionals.length !== 1) throw new UsageError('one device or image, please');
  const session = await openSession(
    {
      device: positionals[0],
      partition: values.partition === undefined ? null : partitionNumber(values.partition),
      fstype: values.type ?? null,
      options: mountOptions(values.options ?? ''),
    },
    environment,
  );
  const mediumOffset = session.kernel.offsetOf(session.part);
  const scan = new Lookout(session.mount, thisHost(), (failure) => {
    if (failure.byteOffset !== undefined) failure.byteOffset += mediumOffset;
    return failure.report();
  });
  const { output } = session;
  const found: Finding[] = [];
  let slice: LookoutSlice;
  do {
    slice = scan.next(SLICE_ENTRIES);
    for (const failure of slice.failures) {
      if (values.json) complainJson(failure);
      else complain(`airlock lookout: ${displayName(failure.path)}: ${failure.failure.message}`);
    }
    if (values.json) for (const finding of slice.findings) output.text(`${printableJson(JSON.stringify(finding))}\n`);
    else found.push(...slice.findings);
  } while (!slice.end);
  if (!values.json) print(output, found, slice);
  output.flush();
  if (suspicious(slice.counts) > 0) return 4;
  return slice.failureCount > 0 ? 3 : 0;
}

function thisHost(): LookoutHost {
  const { platform } = process;
  return { platform: platform === 'win32' || platform === 'darwin' ? platform : 'linux', nowMs: Date.now() };
}

function kindsOf(counts: LookoutSlice['counts']): FindingKind[] {
  return (Object.keys(KINDS) as FindingKind[]).filter((kind) => (counts[kind] ?? 0) > 0);
}

function suspicious(counts: LookoutSlice['counts']): number {
  return kindsOf(counts)
    .filter((kind) => KINDS[kind] !== 'harmless')
    .reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}

/** By severity and kind. */
function print(output: Output, findings: readonly Finding[], { counts, files }: LookoutSlice): void {
  for (const severity of SEVERITIES) {
    const here = findings.filter((finding) => finding.severity === severity);
    if (here.length === 0) continue;
    output.text(`${text[severity]}\n`);
    for (const kind of kindsOf(counts)) {
      const ofKind = here.filter((finding) => finding.kind === kind);
      if (ofKind.length > 0) output.text(`  ${text.kinds[kind].title} (${ofKind.length})\n`);
      for (const finding of ofKind) printFinding(output, finding);
    }
  }
  for (const kind of kindsOf(counts)) {
    const kept = findings.filter((finding) => finding.kind === kind).length;
    if (kept < (counts[kind] ?? 0))
      output.text(`${text.kinds[kind].title}: ${text.kept(String(kept), String(counts[kind]))}\n`);
  }
  if (suspicious(counts) === 0) output.text(`${text.cleanTitle}. ${text.clean}\n`);
  output.text(`${text.done(String(files), files)}\n`);
}

function printFinding(output: Output, { kind, path, quote, sort, bytes }: Finding): void {
  const words = { sort: text.sorts[sort ?? 'other'], size: humanSize(bytes ?? 0) };
  output.text(`    ${printable(displayName(path))}\n      ${text.kinds[kind].reason(words)}\n`);
  for (const line of (quote ?? '').split('\n').filter((part) => part !== ''))
    output.text(`      > ${printable(displayName(line))}\n`);
}
