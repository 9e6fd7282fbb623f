/** A kernel in the test's own process, asked as main asks a worker: for tests of what main does with its answers. */

import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import type { TmpfsSpec } from '../../kernel-worker/fs/tmpfs/node.ts';
import { tmpfsOf } from '../../kernel-worker/fs/tmpfs/vfsops.ts';
import { asKernelError } from '../../kernel-worker/rump/errno.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { SystemCallLayer } from '../../kernel-worker/rump/syscalls.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import type { BlockHypercalls } from '../../kernel-worker/rumpuser/rumpuser.ts';
import { KernelCallError } from '../../main/kernels/kernel-process.ts';
import type { KernelCalls } from '../../main/transfers/plan.ts';

export interface MountedKernel {
  kernel: KernelCalls;
  mount: number;
  /** Names of the calls so far. */
  calls: string[];
}

/** A tree of files with any names, whose content the kernel must give itself. */
export function treeKernel(tree: TmpfsSpec): Promise<MountedKernel> {
  const driver = tmpfsOf(tree);
  const registered = { name: 'tmpfs', aliases: [], probe: () => null, load: () => Promise.resolve(driver) };
  return mounted(new Kernel(memoryBlocks(new Uint8Array(512)), { drivers: [registered] }), 'tmpfs');
}

/** A medium that is one file system. */
export function mediumKernel(blocks: BlockHypercalls): Promise<MountedKernel> {
  return mounted(new Kernel(blocks, { drivers: REGISTERED_DRIVERS }), null);
}

async function mounted(kernel: Kernel, fstype: string | null): Promise<MountedKernel> {
  const layer = new SystemCallLayer(kernel);
  const calls: string[] = [];
  const asked: KernelCalls = {
    async call(name, ...args) {
      calls.push(name);
      // As after a message to a process and back.
      await new Promise((resolve) => setImmediate(resolve));
      try {
        return await layer.call(name, args);
      } catch (error) {
        throw new KernelCallError(asKernelError(error).report());
      }
    },
  };
  const { mount } = await asked.call('mount', null, fstype, {});
  return { kernel: asked, mount, calls };
}
