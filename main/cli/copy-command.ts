/** `airlock cp`, `fsu_ecp` and `fsu_get`: copy out of a medium, with the app's own engine and a worker of its own. */

import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { printable, printableJson } from '../../assets/text/terminal-text.ts';
import type { FailureReport, MediumSource } from '../../kernel-worker/contract.ts';
import { builtFile } from '../built-files.ts';
import type { Conflict, ConflictPolicy, CopySelection } from '../contract.ts';
import { openProblem } from '../drives/open-problem.ts';
import { takeOver } from '../drives/take-over.ts';
import { KernelBootError } from '../kernels/kernel-process.ts';
import { nodeLauncher } from '../kernels/node-launcher.ts';
import { closeMedium, nothingMounted, type OpenedMedium, openMedium } from '../service/opened-medium.ts';
import { problemOf, RequestError } from '../service/problems.ts';
import { type CopyProgress, copyOut, type Decision } from '../transfers/copy-out.ts';
import type { TargetSide } from '../transfers/orders.ts';
import { PauseGate } from '../transfers/pause-gate.ts';
import { originBase } from '../transfers/provenance.ts';
import { type CopyReport, reportJson } from '../transfers/report.ts';
import { newTargetSide } from '../transfers/target-side.ts';
import { bytesText, durationText, UsageError } from './words.ts';

export const usage =
  'airlock cp SOURCE PATH… FOLDER [--partition N] [--conflict ask|skip|rename|overwrite] [--only documents-and-media] [--verify] [--resume] [--no-marks] [--take-over] [--json] [-t fstype] [-o options]';
export const fsuUsage = '[-t fstype] [-o options] [-p number] [-f] device [-v] path … folder';

interface CopyArguments {
  source: string;
  paths: string[];
  target: string;
  partition: number | null;
  fstype: string | null;
  options: Record<string, string>;
  policy: ConflictPolicy;
  verify: boolean;
  only: CopySelection;
  /** What is there with the same size and date was copied before, and is not copied again. */
  resume: boolean;
  /** Copied files carry the system's mark of where they come from. */
  marks: boolean;
  /** The host unmounts the device first, and nothing can mount it while it is copied from. */
  takeOver: boolean;
  json: boolean;
  verbose: boolean;
}

const POLICIES: readonly string[] = ['ask', 'skip', 'rename', 'overwrite'];

export async function cp(argv: string[]): Promise<number> {
  const { values, positionals } = parsed(argv, {
    partition: { type: 'string', short: 'p' },
    conflict: { type: 'string' },
    only: { type: 'string' },
    verify: { type: 'boolean' },
    resume: { type: 'boolean' },
    'no-marks': { type: 'boolean' },
    'take-over': { type: 'boolean' },
    json: { type: 'boolean' },
    type: { type: 'string', short: 't' },
    options: { type: 'string', short: 'o' },
  });
  if (positionals.length < 3) throw new UsageError('a source, what to copy (/ for all), and a folder, please');
  const policy = values.conflict ?? (process.stdin.isTTY ? 'ask' : 'skip');
  if (!POLICIES.includes(policy)) throw new UsageError(`--conflict takes ${POLICIES.join(', ')}`);
  const only = values.only ?? 'all';
  if (only !== 'all' && only !== 'documents-and-media') throw new UsageError('--only takes all or documents-and-media');
  return copy({
    source: positionals[0],
    paths: positionals.slice(1, -1),
    target: positionals[positionals.length - 1],
    partition: partitionNumber(values.partition),
    fstype: values.type ?? null,
    options: mountOptions(values.options ?? ''),
    policy: policy as ConflictPolicy,
    verify: values.verify ?? false,
    only,
    resume: values.resume ?? false,
    marks: values['no-marks'] !== true,
    takeOver: values['take-over'] ?? false,
    json: values.json ?? false,
    verbose: false,
  });
}

/** With fs-utils' calling convention: the medium's options before the device, the tool's own behind it. */
export async function fsuCopy(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const leading: string[] = [];
  let at = 0;
  while (['-t', '-o', '-p', '-f'].includes(argv[at] ?? '')) {
    leading.push(...argv.slice(at, at + 2));
    at += 2;
  }
  const medium = parsed(leading, {
    type: { type: 'string', short: 't' },
    options: { type: 'string', short: 'o' },
    partition: { type: 'string', short: 'p' },
    device: { type: 'string', short: 'f' },
  }).values;
  const named = medium.device ?? environment.FSU_DEVICE;
  const rest = parsed(argv.slice(named === undefined ? at + 1 : at), {
    get: { type: 'boolean', short: 'g' },
    recursive: { type: 'boolean', short: 'R' },
    verbose: { type: 'boolean', short: 'v' },
  });
  const source = named ?? argv[at];
  if (source === undefined || source.startsWith('-'))
    throw new UsageError('which device or image? (or set FSU_DEVICE)');
  if (rest.positionals.length < 2) throw new UsageError('what to copy, and into which folder of this computer?');
  return copy({
    source,
    paths: rest.positionals.slice(0, -1),
    target: rest.positionals[rest.positionals.length - 1],
    partition: partitionNumber(medium.partition),
    fstype: medium.type ?? environment.FSU_TYPE ?? null,
    options: mountOptions(medium.options ?? ''),
    policy: 'overwrite',
    verify: false,
    only: 'all',
    resume: false,
    // The tool that it stands in for sets none.
    marks: false,
    takeOver: false,
    json: false,
    verbose: rest.values.verbose ?? false,
  });
}

function parsed<Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function partitionNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`not a partition number: ${JSON.stringify(text)}`);
  return number;
}

function mountOptions(text: string): Record<string, string> {
  const parts = text.split(',').filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => [part.replace(/=.*/s, ''), part.includes('=') ? part.replace(/^[^=]*=/, '') : '']),
  );
}

/** Exit code: 0 all is on the disk and verified, 1 nothing could be opened or the copy broke off, 3 some files failed, 130 cancelled. */
async function copy(request: CopyArguments): Promise<number> {
  // Its threads start while the worker does.
  const side = newTargetSide();
  try {
    return await copyThrough(side, request);
  } finally {
    // It is closed already where there was a copy.
    await side.close().catch(() => {});
  }
}

async function copyThrough(side: TargetSide, request: CopyArguments): Promise<number> {
  const source = resolve(request.source);
  let opened: OpenedMedium;
  try {
    if (request.takeOver) await takenOver(source);
    opened = await openMedium(
      sourceOf(source, request.takeOver),
      nodeLauncher(builtFile('kernel-worker', 'worker.js')),
      true,
    );
  } catch (error) {
    if (error instanceof KernelBootError && error.stage === 'open' && source.startsWith('/dev/'))
      return refuse(new RequestError(await openProblem(error.failure, source)));
    return refuse(error);
  }
  const abort = new AbortController();
  const cancel = () => abort.abort();
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    const mount = await chooseMount(opened, request);
    const screen = new ProgressLine(request.json);
    const report = await copyOut({
      kernel: opened.kernel,
      mount,
      medium: opened.direct?.medium ?? null,
      onClosed: opened.direct?.hold(),
      paths: request.paths.map((path) => (path.startsWith('/') ? path : `/${path}`)),
      target: resolve(request.target),
      policy: request.policy,
      skipSame: request.resume,
      verification: request.verify ? 'disk' : 'cache',
      only: request.only,
      originBase: request.marks ? originBase(sourceName(source), labelOf(opened, mount)) : null,
      earlier: null,
      pause: new PauseGate(),
      symlinks: true,
      side,
      signal: abort.signal,
      onProgress: (progress) => screen.show(progress),
      decide: (conflict) => screen.ask(conflict),
    });
    screen.end();
    tell(report, request);
    return exitCode(report);
  } catch (error) {
    return refuse(error);
  } finally {
    closeMedium(opened);
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

async function takenOver(devicePath: string): Promise<void> {
  const { safe, sentence, detail } = await takeOver(devicePath);
  if (!safe) throw new Error([sentence, detail].filter(Boolean).join(' '));
}

function sourceOf(path: string, exclusive: boolean): MediumSource {
  const isBlockDevice = statSync(path, { throwIfNoEntry: false })?.isBlockDevice() ?? false;
  return isBlockDevice
    ? { kind: 'device', path, sizeBytes: null, sectorSize: null, exclusive }
    : { kind: 'image', path };
}

/** A device's vendor and model are not asked for here: looking for drives would take longer than many a copy. */
function sourceName(path: string): Parameters<typeof originBase>[0] {
  const kind = path.startsWith('/dev/') ? 'device' : 'image';
  return { kind, name: basename(path), vendor: null, model: null };
}

function labelOf(opened: OpenedMedium, mount: number): string | null {
  const id = [...opened.mounts].find(([, number]) => number === mount)?.[0];
  return opened.volumes.find((volume) => volume.id === id)?.info?.label ?? null;
}

/** The mount of the partition that is named, or of the only readable one. */
async function chooseMount(opened: OpenedMedium, request: CopyArguments): Promise<number> {
  if (request.fstype !== null || Object.keys(request.options).length > 0) {
    const { mount } = await opened.kernel.call('mount', request.partition, request.fstype, request.options);
    return mount;
  }
  const nothing = nothingMounted(opened);
  if (nothing !== null) throw new Error([nothing.sentence, nothing.detail].filter(Boolean).join(' '));
  const chosen = request.partition ?? (opened.mounts.size === 1 ? [...opened.mounts.keys()][0] : null);
  if (chosen === null) {
    const list = opened.volumes
      .filter(({ info }) => info !== null)
      .map(({ id, info }) => `  ${id}: ${info?.title} ${info?.label ?? ''}`);
    throw new Error(`several partitions can be read; choose one with --partition N:\n${list.join('\n')}`);
  }
  const mount = opened.mounts.get(chosen);
  if (mount === undefined) {
    const volume = opened.volumes.find(({ id }) => id === chosen);
    throw new Error(volume?.problem?.sentence ?? `there is no partition ${chosen} on this medium`);
  }
  return mount;
}

function refuse(error: unknown): number {
  const { sentence, detail } = problemOf(error);
  const words =
    error instanceof Error && error.constructor === Error
      ? error.message
      : [sentence, detail].filter(Boolean).join(' ');
  for (const line of words.split('\n')) process.stderr.write(`airlock: ${printable(line)}\n`);
  return 1;
}

function exitCode(report: CopyReport): number {
  if (report.outcome === 'cancelled') return 130;
  if (report.outcome !== 'done') return 1;
  return report.failed > 0 ? 3 : 0;
}

function tell(report: CopyReport, request: CopyArguments): void {
  if (request.json) {
    process.stdout.write(`${printableJson(JSON.stringify({ type: 'report', ...JSON.parse(reportJson(report)) }))}\n`);
    return;
  }
  for (const item of report.items) {
    if (item.outcome === 'failed')
      process.stderr.write(
        `airlock: ${printable(item.path)}: ${printable(item.note ?? 'failed')}${placeOf(item.failure)}\n`,
      );
    else if (request.verbose || item.outcome === 'skipped') {
      process.stdout.write(
        `${printable(item.path)}: ${item.outcome}${item.note ? ` (${printable(item.note)})` : ''}\n`,
      );
    }
  }
  if (report.problem !== null)
    process.stderr.write(
      `airlock: ${printable(report.problem)}${report.detail ? ` (${printable(report.detail)})` : ''}\n`,
    );
  const extra = [
    report.skipped > 0 ? `${report.skipped} skipped` : '',
    report.renamed > 0 ? `${report.renamed} renamed` : '',
    report.failed > 0 ? `${report.failed} failed` : '',
  ].filter(Boolean);
  const all = [`${report.copiedFiles} files, ${bytesText(report.copiedBytes)} on the disk and verified`, ...extra].join(
    ', ',
  );
  process.stdout.write(`${report.outcome === 'cancelled' ? 'Cancelled: ' : ''}${all}\n`);
}

/** Where on the medium, unless the message says it. */
function placeOf(failure: FailureReport | null): string {
  if (failure?.byteOffset === undefined || /byte \d/.test(failure.message)) return '';
  return ` (at byte ${failure.byteOffset} of the medium)`;
}

/** One line that is rewritten on a terminal; a JSON line each second with --json; nothing else in a pipe. */
class ProgressLine {
  private readonly json: boolean;
  private shownAtMs = 0;
  private lastState = '';

  constructor(json: boolean) {
    this.json = json;
  }

  show(progress: CopyProgress): void {
    const changed = progress.state !== this.lastState;
    if (!changed && Date.now() - this.shownAtMs < (this.json ? 1000 : 100)) return;
    this.shownAtMs = Date.now();
    this.lastState = progress.state;
    // The graph and the lists are a window's.
    const { samples, inWork, lastSettled, ...told } = progress;
    if (this.json) process.stdout.write(`${printableJson(JSON.stringify({ type: 'progress', ...told }))}\n`);
    else if (process.stderr.isTTY)
      process.stderr.write(`\r\x1b[K${this.line(progress).slice(0, (process.stderr.columns ?? 80) - 1)}`);
  }

  async ask(conflict: Conflict): Promise<{ decision: Decision; applyToAll: boolean }> {
    this.end();
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const sizes = `there ${bytesText(conflict.existing.sizeBytes)}, on the stick ${bytesText(conflict.source.sizeBytes)}`;
      const question = `${printable(conflict.targetPath)} exists (${sizes}). [s]kip, [r]ename, [o]verwrite, [c]ancel; capital letter for all: `;
      for (;;) {
        const answer = (await terminal.question(question)).trim();
        const decision = ({ s: 'skip', r: 'rename', o: 'overwrite', c: 'cancel' } as const)[answer.toLowerCase()];
        if (decision !== undefined) return { decision, applyToAll: answer !== answer.toLowerCase() };
      }
    } finally {
      terminal.close();
    }
  }

  end(): void {
    if (!this.json && process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  private line(progress: CopyProgress): string {
    const { state, doneFiles, totalFiles, doneBytes, totalBytes, bytesPerSecond, secondsLeft, current } = progress;
    if (state === 'counting') return 'Counting …';
    if (state === 'finishing') return 'Finishing: writing to disk …';
    const speed = bytesPerSecond === null ? '' : `, ${bytesText(bytesPerSecond)}/s`;
    const left = secondsLeft === null ? '' : `, ${durationText(secondsLeft)} left`;
    const files = `${doneFiles}/${totalFiles ?? '?'} files`;
    return `${files}, ${bytesText(doneBytes)} of ${totalBytes === null ? '?' : bytesText(totalBytes)}${speed}${left}  ${printable(current ?? '')}`;
  }
}
