/** `fsu_du`: how much files and directories take on the medium, after du(1). */

import { fts } from '../rump/vfs/fts.ts';
import { bytesFromName } from '../rump/vfs/names.ts';
import type { Vattr } from '../rump/vfs/vnode.ts';
import { parseFlags, takeMedium, UsageError } from './commandline.ts';
import { humanSize } from './ls.ts';
import { openSession, type Session, vnodeOfArgument } from './session.ts';
import { complain } from './terminal.ts';

export const usage = 'fsu_du [-t fstype] [-o options] [-p number] [-f] device [-a | -s | -d depth] [-Achkm] [path ...]';

interface Shown {
  /** Directories deeper than this are only added up. */
  maxDepth: number;
  files: boolean;
  format(bytes: number): string;
  /** -A: sizes of the content and not of what it takes. */
  apparent: boolean;
}

export async function du(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  const { values, positionals } = parseFlags(rest, {
    all: { type: 'boolean', short: 'a' },
    apparent: { type: 'boolean', short: 'A' },
    summary: { type: 'boolean', short: 's' },
    depth: { type: 'string', short: 'd' },
    human: { type: 'boolean', short: 'h' },
    kilobytes: { type: 'boolean', short: 'k' },
    megabytes: { type: 'boolean', short: 'm' },
    total: { type: 'boolean', short: 'c' },
  });
  const depth = values.depth === undefined ? Number.POSITIVE_INFINITY : Number(values.depth);
  if (Number.isNaN(depth) || depth < 0) throw new UsageError(`not a depth: ${values.depth}`);
  const unit = values.megabytes ? 1024 ** 2 : values.kilobytes ? 1024 : 512;
  const shown: Shown = {
    maxDepth: values.summary ? 0 : depth,
    files: values.all ?? false,
    format: values.human ? humanSize : (bytes) => String(Math.ceil(bytes / unit)),
    apparent: values.apparent ?? false,
  };
  const session = await openSession(medium, environment);
  let failures = 0;
  let total = 0;
  for (const path of positionals.length === 0 ? ['/'] : positionals) {
    const sum = sumBelow(session, path, shown);
    failures += sum.failures;
    total += sum.bytes;
  }
  if (values.total) session.output.text(`${shown.format(total)}\ttotal\n`);
  session.output.flush();
  return failures === 0 ? 0 : 3;
}

interface OpenDirectory {
  path: string;
  depth: number;
  bytes: number;
}

/** Each directory's sum is printed when the walk leaves it; a hard link counts once. */
function sumBelow(session: Session, start: string, shown: Shown): { bytes: number; failures: number } {
  const root = vnodeOfArgument(session, start, false);
  const counted = new Set<number>();
  const prefix = start.endsWith('/') ? start : `${start}/`;
  let failures = 0;
  if (root.attr.type !== 'dir') {
    print(session, start, sizeOf(root.attr, shown), shown);
    return { bytes: sizeOf(root.attr, shown), failures };
  }
  const top: OpenDirectory = { path: start, depth: 0, bytes: sizeOf(root.attr, shown) };
  /** The directories between the start and where the walk is, the start first. */
  const open = [top];
  const leaveDownTo = (depth: number) => {
    while (open.length > depth) {
      const left = open.pop();
      if (left === undefined) return;
      if (left.depth <= shown.maxDepth) print(session, left.path, left.bytes, shown);
      if (open.length > 0) open[open.length - 1].bytes += left.bytes;
    }
  };
  for (const { path, depth, vnode, failure } of fts(session.mount, root)) {
    if (failure !== null) {
      failures += 1;
      session.output.flush();
      complain(`fsu_du: ${prefix}${path}: ${failure.message}`);
    }
    if (vnode === null) continue;
    leaveDownTo(depth);
    const { attr } = vnode;
    if ((attr.nlink ?? 1) > 1 && attr.type !== 'dir') {
      if (counted.has(attr.fileid)) continue;
      counted.add(attr.fileid);
    }
    const bytes = sizeOf(attr, shown);
    if (attr.type === 'dir' && failure === null) {
      open.push({ path: prefix + path, depth, bytes });
    } else {
      open[open.length - 1].bytes += bytes;
      if (shown.files && depth <= shown.maxDepth) print(session, prefix + path, bytes, shown);
    }
  }
  leaveDownTo(0);
  return { bytes: top.bytes, failures };
}

function sizeOf(attr: Vattr, shown: Shown): number {
  return shown.apparent ? attr.size : (attr.allocatedBytes ?? attr.size);
}

function print(session: Session, path: string, bytes: number, shown: Shown): void {
  const { output, mount } = session;
  output.text(`${shown.format(bytes)}\t`);
  output.name(path, (text) => bytesFromName(text, mount.info.nameEncoding));
  output.text('\n');
}
