/** `airlock info`: what a medium is: partition table, partitions, the file system on each and its state. */

import { printable, printableJson } from '../../assets/text/terminal-text.ts';
import type { Partition } from '../rump/dev/partitions.ts';
import { asKernelError } from '../rump/errno.ts';
import type { Kernel } from '../rump/kernel.ts';
import { displayName } from '../rump/vfs/names.ts';
import type { MountInfo, ProbeResult } from '../rump/vfs/vnode.ts';
import { parseFlags, partitionNumber, UsageError } from './commandline.ts';
import { openKernel } from './session.ts';
import { complain, type Output } from './terminal.ts';

interface FileSystemFacts {
  fs: string | null;
  title: string | null;
  label: string | null;
  uuid: string | null;
  state: MountInfo['state'] | null;
  facts: MountInfo['facts'] | null;
  problem: string | null;
}

interface PartitionFacts extends FileSystemFacts {
  number: number | null;
  offsetBytes: number;
  sizeBytes: number;
  type: string | null;
  typeName: string | null;
  partitionLabel: string | null;
  partitionUuid: string | null;
  bootable: boolean;
  container: boolean;
}

export const usage = 'airlock info SOURCE [--partition N] [--json]';

export async function info(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseFlags(argv, {
    json: { type: 'boolean' },
    partition: { type: 'string', short: 'p' },
  });
  if (positionals.length !== 1) throw new UsageError('one device or image, please');
  const only = values.partition === undefined ? null : partitionNumber(values.partition);
  const { kernel, output } = openKernel(positionals[0], environment);
  const rows: PartitionFacts[] = [];
  if (only === null && kernel.table.wholeMedium) rows.push(await wholeMedium(kernel));
  for (const partition of kernel.table.partitions) {
    if (only === null || partition.number === only) rows.push(await partitionFacts(kernel, partition));
  }
  if (rows.length === 0) {
    complain(`airlock: there is no partition ${only} on this medium`);
    return 1;
  }
  if (values.json) printJson(output, kernel, rows);
  else printText(output, kernel, rows);
  output.flush();
  return 0;
}

async function wholeMedium(kernel: Kernel): Promise<PartitionFacts> {
  return {
    number: null,
    offsetBytes: 0,
    sizeBytes: kernel.sizeBytes,
    type: null,
    typeName: null,
    partitionLabel: null,
    partitionUuid: null,
    bootable: false,
    container: false,
    ...(await fileSystemFacts(kernel, null)),
  };
}

async function partitionFacts(kernel: Kernel, partition: Partition): Promise<PartitionFacts> {
  const { number, offsetBytes, sizeBytes, type, typeName, label, uuid, bootable, container } = partition;
  const facts = container ? NO_FILE_SYSTEM : await fileSystemFacts(kernel, number);
  return {
    number,
    offsetBytes,
    sizeBytes,
    type,
    typeName,
    partitionLabel: label,
    partitionUuid: uuid,
    bootable,
    container,
    ...facts,
  };
}

const NO_FILE_SYSTEM: FileSystemFacts = {
  fs: null,
  title: null,
  label: null,
  uuid: null,
  state: null,
  facts: null,
  problem: null,
};

/** From a mount where that works; else from the best probe, with why it does not. */
async function fileSystemFacts(kernel: Kernel, partition: number | null): Promise<FileSystemFacts> {
  let probe: ProbeResult | undefined;
  try {
    probe = kernel.probe(partition)[0];
    const { fs, title, label, uuid, state, facts } = (await kernel.mount({ partition })).info;
    return { fs, title, label, uuid, state, facts, problem: null };
  } catch (error) {
    const known = probe ? { fs: probe.fs, title: probe.title, label: probe.label, uuid: probe.uuid } : {};
    return { ...NO_FILE_SYSTEM, ...known, problem: asKernelError(error).message };
  }
}

function printJson(output: Output, kernel: Kernel, partitions: PartitionFacts[]): void {
  const { scheme, sectorSize, uuid, notices } = kernel.table;
  output.text(
    `${printableJson(JSON.stringify({ sizeBytes: kernel.sizeBytes, scheme, sectorSize, uuid, notices, partitions }, null, 2))}\n`,
  );
}

function printText(output: Output, kernel: Kernel, rows: PartitionFacts[]): void {
  const { scheme, sectorSize, uuid, notices } = kernel.table;
  const line = (name: string, value: string | number | null) => {
    if (value !== null && value !== '') output.text(`  ${name.padEnd(16)} ${printable(displayName(String(value)))}\n`);
  };
  output.text(`medium\n`);
  line('size', `${kernel.sizeBytes} bytes`);
  line('partition table', scheme);
  line('sector size', sectorSize);
  line('identifier', uuid);
  for (const notice of notices) line('notice', notice);
  for (const row of rows) {
    output.text(
      row.number === null ? '\nwhole medium\n' : `\npartition ${row.number}${row.container ? ' (container)' : ''}\n`,
    );
    if (row.number !== null) {
      line('offset', `${row.offsetBytes} bytes`);
      line('size', `${row.sizeBytes} bytes`);
      line('type', row.typeName ? `${row.type} (${row.typeName})` : row.type);
      line('partition name', row.partitionLabel);
      line('partition uuid', row.partitionUuid);
      if (row.bootable) line('bootable', 'yes');
    }
    line('file system', row.title);
    line('label', row.label);
    line('uuid', row.uuid);
    if (row.state) line('state', stateInWords(row.state));
    for (const notice of row.state?.notices ?? []) line('notice', notice);
    for (const [name, value] of Object.entries(row.facts ?? {})) line(name, String(value));
    if (row.problem !== null && !row.container) line('problem', row.problem);
  }
}

function stateInWords(state: MountInfo['state']): string {
  if (state.errors) return 'the file system says that it has met errors';
  return state.dirty ? 'not cleanly unmounted' : 'clean';
}
