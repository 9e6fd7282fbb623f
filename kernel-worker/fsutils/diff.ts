/** `fsu_diff`: compares two files or two directories of a file system, after diff(1). */

import { createTwoFilesPatch } from 'diff';
import { printable } from '../../assets/text/terminal-text.ts';
import { asKernelError, damaged, KernelError } from '../rump/errno.ts';
import { MAX_READ_BYTES } from '../rump/vfs/genfs.ts';
import type { Mount, Vnode } from '../rump/vfs/mount.ts';
import { parseFlags, takeMedium, UsageError } from './commandline.ts';
import { openSession, type Session, vnodeOfArgument } from './session.ts';
import { complain } from './terminal.ts';

export const usage = 'fsu_diff [-t fstype] [-o options] [-p number] [-f] device [-qrsu] path1 path2';

/** Text is compared line by line up to this size; larger files only tell that they differ. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
/** How different two texts may be for their differences to be worth computing: the algorithm's time grows with it. */
const MAX_EDIT_LENGTH = 20_000;
/** As deep as a walk goes (rump/vfs/fts.ts). */
const MAX_DEPTH = 1024;

interface Flags {
  brief: boolean;
  recursive: boolean;
  identical: boolean;
}

/** Exit code as diff's: 0 no difference, 1 some; 3 if something could not be read. */
export async function diff(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  const { values, positionals } = parseFlags(rest, {
    brief: { type: 'boolean', short: 'q' },
    recursive: { type: 'boolean', short: 'r' },
    identical: { type: 'boolean', short: 's' },
    unified: { type: 'boolean', short: 'u' },
  });
  if (positionals.length !== 2) throw new UsageError('two paths, please');
  const session = await openSession(medium, environment);
  const flags: Flags = {
    brief: values.brief ?? false,
    recursive: values.recursive ?? false,
    identical: values.identical ?? false,
  };
  const comparison = new Comparison(session, flags);
  const [a, b] = positionals;
  comparison.compare(a, vnodeOfArgument(session, a, true), b, vnodeOfArgument(session, b, true), 0);
  session.output.flush();
  if (comparison.failures > 0) return 3;
  return comparison.differences > 0 ? 1 : 0;
}

class Comparison {
  differences = 0;
  failures = 0;
  private readonly session: Session;
  private readonly flags: Flags;
  /** Pairs of directories that were compared: in a damaged file system one may stand in many places, and is compared once. */
  private readonly compared = new Set<string>();

  constructor(session: Session, flags: Flags) {
    this.session = session;
    this.flags = flags;
  }

  compare(pathA: string, a: Vnode, pathB: string, b: Vnode, depth: number): void {
    try {
      if (a.attr.type !== b.attr.type)
        this.say(`File ${pathA} is a ${a.attr.type} while file ${pathB} is a ${b.attr.type}`);
      else if (a.attr.type === 'dir') this.compareDirectories(pathA, a, pathB, b, depth);
      else if (a.attr.type === 'file') this.compareFiles(pathA, a, pathB, b);
      else if (a.attr.type === 'symlink' && this.mount.readlink(a) !== this.mount.readlink(b)) {
        this.say(`Symbolic links ${pathA} and ${pathB} differ`);
      }
    } catch (error) {
      this.fail(pathA, asKernelError(error));
    }
  }

  private get mount(): Mount {
    return this.session.mount;
  }

  private compareDirectories(pathA: string, a: Vnode, pathB: string, b: Vnode, depth: number): void {
    if (depth > MAX_DEPTH) throw new KernelError('ELOOP', 'damage', 'directories are nested too deep');
    const pair = `${a.attr.fileid} ${b.attr.fileid}`;
    if (this.compared.has(pair)) throw damaged('these directories stand in the tree more than once');
    this.compared.add(pair);
    const inA = this.children(pathA, a);
    const inB = this.children(pathB, b);
    for (const name of [...new Set([...inA.keys(), ...inB.keys()])].sort()) {
      const childA = inA.get(name);
      const childB = inB.get(name);
      if (childA === undefined || childB === undefined) this.say(`Only in ${childA ? pathA : pathB}: ${name}`);
      else if (childA.attr.type === 'dir' && childB.attr.type === 'dir' && !this.flags.recursive) {
        this.session.output.text(printable(`Common subdirectories: ${pathA}/${name} and ${pathB}/${name}`));
        this.session.output.text('\n');
      } else this.compare(`${pathA}/${name}`, childA, `${pathB}/${name}`, childB, depth + 1);
    }
  }

  private children(path: string, dir: Vnode): Map<string, Vnode> {
    const children = new Map<string, Vnode>();
    for (const item of this.mount.readdir(dir)) {
      try {
        if (item instanceof KernelError) throw item;
        children.set(item.name, this.mount.vnodeOf(item));
      } catch (error) {
        this.fail(path, asKernelError(error));
      }
    }
    return children;
  }

  private compareFiles(pathA: string, a: Vnode, pathB: string, b: Vnode): void {
    if (this.sameContent(a, b)) {
      if (this.flags.identical) {
        this.session.output.text(`${printable(`Files ${pathA} and ${pathB} are identical`)}\n`);
      }
      return;
    }
    const textA = this.flags.brief ? null : this.textOf(a);
    const textB = this.flags.brief ? null : this.textOf(b);
    const patch =
      textA === null || textB === null
        ? undefined
        : createTwoFilesPatch(pathA, pathB, textA, textB, undefined, undefined, { maxEditLength: MAX_EDIT_LENGTH });
    if (patch === undefined) {
      this.say(`${textA === null && !this.flags.brief ? 'Binary files' : 'Files'} ${pathA} and ${pathB} differ`);
      return;
    }
    this.differences += 1;
    for (const line of patch.split('\n').slice(1, -1)) {
      this.session.output.text(`${this.session.output.isTerminal ? printable(line.replaceAll('\t', '    ')) : line}\n`);
    }
  }

  private sameContent(a: Vnode, b: Vnode): boolean {
    if (a.attr.size !== b.attr.size) return false;
    const partA = new Uint8Array(Math.min(MAX_READ_BYTES, a.attr.size));
    const partB = new Uint8Array(partA.length);
    for (let offset = 0; offset < a.attr.size; offset += partA.length) {
      const countA = this.mount.read(a, offset, partA);
      const countB = this.mount.read(b, offset, partB);
      if (countA !== countB || Buffer.compare(partA.subarray(0, countA), partB.subarray(0, countB)) !== 0) return false;
      if (countA === 0) return true;
    }
    return true;
  }

  /** The content as text, or null if it is too large or holds NUL bytes or ill-formed UTF-8. */
  private textOf(file: Vnode): string | null {
    if (file.attr.size > MAX_TEXT_BYTES) return null;
    const bytes = new Uint8Array(file.attr.size);
    for (let offset = 0; offset < bytes.length; ) {
      const count = this.mount.read(file, offset, bytes.subarray(offset));
      if (count === 0) break;
      offset += count;
    }
    if (bytes.includes(0)) return null;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }

  private say(line: string): void {
    this.differences += 1;
    this.session.output.text(`${printable(line)}\n`);
  }

  private fail(path: string, failure: KernelError): void {
    if (failure.kind === 'removed') throw failure;
    this.failures += 1;
    this.session.output.flush();
    complain(`fsu_diff: ${path}: ${failure.message}`);
  }
}
