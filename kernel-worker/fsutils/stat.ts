/** `fsu_stat`: all that the file system records about files, after stat(1). */

import { printable } from '../../assets/text/terminal-text.ts';
import { asKernelError } from '../rump/errno.ts';
import type { Vnode } from '../rump/vfs/mount.ts';
import { formatTimespec, type Timespec } from '../rump/vfs/time.ts';
import { parseFlags, takeMedium, UsageError } from './commandline.ts';
import { modeText } from './ls.ts';
import { openSession, type Session, vnodeOfArgument } from './session.ts';
import { complain } from './terminal.ts';

export const usage = 'fsu_stat [-t fstype] [-o options] [-p number] [-f] device [-L] [-f format] path ...';

export async function stat(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  const { values, positionals } = parseFlags(rest, {
    follow: { type: 'boolean', short: 'L' },
    format: { type: 'string', short: 'f' },
  });
  if (positionals.length === 0) throw new UsageError('which file?');
  const session = await openSession(medium, environment);
  let status = 0;
  for (const path of positionals) {
    try {
      const vnode = vnodeOfArgument(session, path, values.follow ?? false);
      if (values.format !== undefined) session.output.text(`${formatted(values.format, path, vnode)}\n`);
      else describe(session, path, vnode);
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      session.output.flush();
      complain(`fsu_stat: ${path}: ${failure.message}`);
      status = 3;
    }
  }
  session.output.flush();
  return status;
}

function timeOf(time: Timespec | null): string {
  return (time && formatTimespec(time)) ?? '-';
}

function describe(session: Session, path: string, vnode: Vnode): void {
  const { attr } = vnode;
  const lines: Array<[string, string]> = [
    ['File', printable(path)],
    ['Type', attr.type],
    ['Size', `${attr.size} bytes${attr.allocatedBytes === null ? '' : `, ${attr.allocatedBytes} on the medium`}`],
    ['Mode', attr.mode === null ? '-' : `${attr.mode.toString(8).padStart(4, '0')} ${modeText(attr)}`],
    ['Owner', `${attr.uid ?? '-'}:${attr.gid ?? '-'}`],
    ['Links', String(attr.nlink ?? '-')],
    ['File id', String(attr.fileid)],
    ['Modified', timeOf(attr.mtime)],
    ['Accessed', timeOf(attr.atime)],
    ['Changed', timeOf(attr.ctime)],
    ['Created', timeOf(attr.birthtime)],
  ];
  if (attr.type === 'symlink') lines.push(['Target', printable(session.mount.readlink(vnode))]);
  if (attr.rdev) lines.push(['Device', `${attr.rdev.major}, ${attr.rdev.minor}`]);
  if (attr.dosAttributes !== undefined) lines.push(['Attributes', `0x${attr.dosAttributes.toString(16)}`]);
  for (const [name, value] of Object.entries(session.mount.properties(vnode)))
    lines.push([name, printable(String(value))]);
  for (const { name, size } of session.mount.listextattr(vnode))
    lines.push(['Attribute', `${printable(name)} (${size} bytes)`]);
  for (const [name, value] of lines) session.output.text(`${name.padStart(12)}: ${value}\n`);
}

/** The common directives of NetBSD's stat -f: %N name, %z size, %p mode, %l links, %u %g owner, %i file id, %m %a %c %B times in seconds, %T type, %b blocks. */
function formatted(format: string, path: string, { attr }: Vnode): string {
  const values: Record<string, string | number | null> = {
    N: printable(path),
    z: attr.size,
    p: attr.mode === null ? null : attr.mode.toString(8),
    l: attr.nlink,
    u: attr.uid,
    g: attr.gid,
    i: attr.fileid,
    m: attr.mtime?.sec ?? null,
    a: attr.atime?.sec ?? null,
    c: attr.ctime?.sec ?? null,
    B: attr.birthtime?.sec ?? null,
    T: attr.type,
    b: attr.allocatedBytes === null ? null : Math.ceil(attr.allocatedBytes / 512),
    n: '\n',
    t: '\t',
    '%': '%',
  };
  return format.replace(/%(.)/gsu, (directive, letter: string) => {
    if (!Object.hasOwn(values, letter)) throw new UsageError(`unknown directive ${directive}`);
    return String(values[letter] ?? '-');
  });
}
