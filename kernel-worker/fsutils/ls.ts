/** `fsu_ls`: lists files and directories, after ls(1). */

import { asKernelError, KernelError } from '../rump/errno.ts';
import type { Vnode } from '../rump/vfs/mount.ts';
import { bytesFromName } from '../rump/vfs/names.ts';
import { DOS_ATTRIBUTE, type Vattr } from '../rump/vfs/vnode.ts';
import { parseFlags, takeMedium } from './commandline.ts';
import { openSession, type Session, vnodeOfArgument } from './session.ts';
import { complain } from './terminal.ts';

export const usage = 'fsu_ls [-t fstype] [-o options] [-p number] [-f] device [-1AacFhilnRrStUu] [path ...]';

const FLAGS = ['1', 'A', 'a', 'c', 'd', 'F', 'h', 'i', 'l', 'n', 'R', 'r', 'S', 't', 'U', 'u'] as const;
type Flags = Partial<Record<(typeof FLAGS)[number], boolean>>;

interface Listed {
  name: string;
  vnode: Vnode;
}

export async function ls(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  const options = Object.fromEntries(FLAGS.map((flag) => [flag, { type: 'boolean' as const, short: flag }]));
  const { values, positionals } = parseFlags(rest, options);
  const session = await openSession(medium, environment);
  const lister = new Lister(session, values as Flags);
  const status = lister.list(positionals.length === 0 ? ['/'] : positionals);
  session.output.flush();
  return status;
}

class Lister {
  private readonly session: Session;
  private readonly flags: Flags;
  private failures = 0;

  constructor(session: Session, flags: Flags) {
    this.session = session;
    this.flags = flags;
  }

  /** Files first, then each directory under its name, as ls does. */
  list(paths: string[]): number {
    const files: Listed[] = [];
    const dirs: Listed[] = [];
    for (const path of paths) {
      try {
        const vnode = vnodeOfArgument(this.session, path, !this.flags.d && !this.flags.l);
        (vnode.attr.type === 'dir' && !this.flags.d ? dirs : files).push({ name: path, vnode });
      } catch (error) {
        this.fail(path, asKernelError(error));
      }
    }
    this.print(this.sorted(files));
    const headed = paths.length > 1 || this.flags.R === true;
    dirs.forEach((dir, index) => {
      if (index > 0 || files.length > 0) this.session.output.text('\n');
      this.listDirectory(dir.name, dir.vnode, headed, 0);
    });
    return this.failures === 0 ? 0 : 3;
  }

  private listDirectory(path: string, dir: Vnode, headed: boolean, depth: number): void {
    const { output } = this.session;
    if (headed) {
      this.printName(path);
      output.text(':\n');
    }
    const listed = this.sorted(this.read(path, dir));
    this.print(listed);
    if (!this.flags.R) return;
    if (depth > MAX_DEPTH) {
      this.fail(path, new KernelError('ELOOP', 'damage', 'directories are nested too deep'));
      return;
    }
    for (const { name, vnode } of listed) {
      if (vnode.attr.type !== 'dir') continue;
      if (this.entered.has(vnode.attr.fileid)) {
        this.fail(
          `${path}/${name}`,
          new KernelError('EUCLEAN', 'damage', 'this directory stands in the tree more than once'),
        );
        continue;
      }
      this.entered.add(vnode.attr.fileid);
      output.text('\n');
      this.listDirectory(`${path === '/' ? '' : path}/${name}`, vnode, true, depth + 1);
    }
  }

  private readonly entered = new Set<number>();

  private read(path: string, dir: Vnode): Listed[] {
    const listed: Listed[] = [];
    for (const item of this.session.mount.readdir(dir)) {
      if (item instanceof KernelError) {
        this.fail(path, item);
        continue;
      }
      try {
        const vnode = this.session.mount.vnodeOf(item);
        if (this.flags.a || this.flags.A || !isHidden(item.name, vnode.attr)) listed.push({ name: item.name, vnode });
      } catch (error) {
        this.fail(`${path}/${item.name}`, asKernelError(error));
      }
    }
    return listed;
  }

  private sorted(listed: Listed[]): Listed[] {
    const { S, t, U, r } = this.flags;
    if (!U) {
      const time = (entry: Listed) => timeOf(entry.vnode.attr, this.flags)?.sec ?? 0;
      listed.sort((a, b) => {
        const first = S ? b.vnode.attr.size - a.vnode.attr.size : t ? time(b) - time(a) : 0;
        return first || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
      });
    }
    return r ? listed.reverse() : listed;
  }

  private print(listed: Listed[]): void {
    const { output, mount } = this.session;
    const rows = listed.map(({ vnode }) => this.columns(vnode.attr));
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    listed.forEach(({ name, vnode }, index) => {
      const cells = rows[index].map((cell, column) =>
        column === 1 || column > 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      );
      if (cells.length > 0) output.text(`${cells.join(' ')} `);
      this.printName(name);
      if (this.flags.F) output.text(markOf(vnode.attr));
      if (this.flags.l && vnode.attr.type === 'symlink') {
        output.text(' -> ');
        this.printName(linkTarget(() => mount.readlink(vnode)));
      }
      output.text('\n');
    });
  }

  /** Of -i and -l: what stands before the name. */
  private columns(attr: Vattr): string[] {
    const inode = this.flags.i ? [String(attr.fileid)] : [];
    if (!this.flags.l && !this.flags.n) return inode;
    const size = attr.rdev
      ? `${attr.rdev.major}, ${attr.rdev.minor}`
      : this.flags.h
        ? humanSize(attr.size)
        : String(attr.size);
    const owner = (id: number | null) => (id === null ? '-' : String(id));
    return [
      ...inode,
      modeText(attr),
      String(attr.nlink ?? 1),
      owner(attr.uid),
      owner(attr.gid),
      size,
      timeText(attr, this.flags),
    ];
  }

  private printName(name: string): void {
    const encoding = this.session.mount.info.nameEncoding;
    this.session.output.name(name, (text) => bytesFromName(text, encoding));
  }

  private fail(path: string, failure: KernelError): void {
    if (failure.kind === 'removed') throw failure;
    this.failures += 1;
    this.session.output.flush();
    complain(`fsu_ls: ${path}: ${failure.message}`);
  }
}

/** As deep as a walk goes (rump/vfs/fts.ts). */
const MAX_DEPTH = 1024;

function linkTarget(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return `(${asKernelError(error).message})`;
  }
}

/** Unix's dot and the MS-DOS attribute alike. */
export function isHidden(name: string, attr: Vattr): boolean {
  return name.startsWith('.') || ((attr.dosAttributes ?? 0) & DOS_ATTRIBUTE.hidden) !== 0;
}

function timeOf(attr: Vattr, flags: Flags) {
  return flags.u ? attr.atime : flags.c ? attr.ctime : attr.mtime;
}

function timeText(attr: Vattr, flags: Flags): string {
  const time = timeOf(attr, flags);
  const date = time === null ? null : new Date(time.sec * 1000);
  if (date === null || Number.isNaN(date.getTime())) return '-'.padEnd(16);
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

const TYPE_LETTERS = { file: '-', dir: 'd', symlink: 'l', fifo: 'p', chr: 'c', blk: 'b', sock: 's' } as const;

/** 'drwxr-xr-x' as strmode(3); '?' for permissions that the format does not record. */
export function modeText(attr: Vattr): string {
  const { mode } = attr;
  if (mode === null) return `${TYPE_LETTERS[attr.type]}?????????`;
  const letters = [6, 3, 0].map((shift, index) => {
    const bits = (mode >> shift) & 7;
    const special = (mode >> (11 - index)) & 1;
    const [set, unset] = index === 2 ? ['t', 'T'] : ['s', 'S'];
    const execute = special ? (bits & 1 ? set : unset) : bits & 1 ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${execute}`;
  });
  return TYPE_LETTERS[attr.type] + letters.join('');
}

function markOf(attr: Vattr): string {
  if (attr.type === 'file') return attr.mode !== null && attr.mode & 0o111 ? '*' : '';
  return { dir: '/', symlink: '@', fifo: '|', sock: '=', chr: '', blk: '' }[attr.type];
}

/** '1.5K', as humanize_number(3) writes it. */
export function humanSize(bytes: number): string {
  let value = bytes;
  for (const unit of ['B', 'K', 'M', 'G', 'T', 'P']) {
    if (value < 1024 || unit === 'P')
      return `${value < 10 && unit !== 'B' ? value.toFixed(1) : Math.round(value)}${unit}`;
    value /= 1024;
  }
  return String(bytes);
}
