/** Mounts images with the UDF driver alone, and compares what it shows with what a sample tree (udf-sample.ts) holds. */

import { probe } from '../../kernel-worker/fs/udf/probe.ts';
import { driver } from '../../kernel-worker/fs/udf/vfsops.ts';
import { asKernelError } from '../../kernel-worker/rump/errno.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { fts } from '../../kernel-worker/rump/vfs/fts.ts';
import type { Mount, Vnode } from '../../kernel-worker/rump/vfs/mount.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import type { BlockHypercalls } from '../../kernel-worker/rumpuser/rumpuser.ts';
import type { SampleFile } from './udf-sample.ts';

const UDF = { name: 'udf', aliases: [], probe, load: async () => driver };

export function udfKernel(blocks: BlockHypercalls): Kernel {
  return new Kernel(blocks, { drivers: [UDF] });
}

export function mountBlocks(blocks: BlockHypercalls, options: Record<string, string> = {}): Promise<Mount> {
  return udfKernel(blocks).mount({ partition: null, fstype: 'udf', options });
}

export function mountImage(image: Uint8Array, options: Record<string, string> = {}): Promise<Mount> {
  return mountBlocks(memoryBlocks(image), options);
}

export function contentOf(mount: Mount, vnode: Vnode): Buffer {
  const bytes = Buffer.alloc(vnode.attr.size);
  return bytes.subarray(0, mount.read(vnode, 0, bytes));
}

/** What differs, one line each: 'PATH: what'. */
export function differences(mount: Mount, files: SampleFile[]): string[] {
  const lines: string[] = [];
  const expected = new Map(files.map((file) => [file.path, file]));
  for (const { path, vnode, failure } of fts(mount, mount.root)) {
    const file = expected.get(`/${path}`);
    if (failure !== null) {
      lines.push(`/${path}: ${failure.message}`);
      continue;
    }
    expected.delete(`/${path}`);
    const what = file === undefined || vnode === null ? 'is not expected' : difference(mount, vnode, file);
    if (what !== null) lines.push(`/${path}: ${what}`);
  }
  return [...lines, ...[...expected.keys()].map((path) => `${path}: is missing`)];
}

function difference(mount: Mount, vnode: Vnode, file: SampleFile): string | null {
  const { type } = vnode.attr;
  if (type !== (file.type ?? 'file')) return `is a ${type}`;
  try {
    if (type === 'symlink' && mount.readlink(vnode) !== file.target) return `leads to ${mount.readlink(vnode)}`;
    if (type === 'file' && !contentOf(mount, vnode).equals(file.content ?? Buffer.alloc(0))) return 'has other content';
    return null;
  } catch (error) {
    return asKernelError(error).message;
  }
}
