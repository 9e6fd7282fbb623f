/** What the kernel answers about hostile and about sound media passes main's checks of it (main/kernels/answer-schemas.ts): no stick ends its worker as taken over. */

import { describe, expect, test } from 'vitest';
import type { SystemCallName, SystemCalls } from '../../kernel-worker/contract.ts';
import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import { KernelError } from '../../kernel-worker/rump/errno.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { SystemCallLayer } from '../../kernel-worker/rump/syscalls.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import { isAnswer, isMessage } from '../../main/kernels/answer-schemas.ts';
import { hostileImages, testImages } from '../images/library.ts';

/** Of each volume; an image of endless folders is looked at so far. */
const MAX_PAGES = 20;
/** Of each volume, whose content is asked for too. */
const MAX_FILES = 40;

/** The calls whose answers main would refuse. */
async function refusedAnswers(bytes: Uint8Array): Promise<string[]> {
  const refused: string[] = [];
  const kernel = new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS, cacheBytes: 4 * 1024 * 1024 });
  const calls = new SystemCallLayer(kernel);
  const ask = async <Name extends SystemCallName>(name: Name, ...args: Parameters<SystemCalls[Name]>) => {
    try {
      const value = await calls.call(name, args);
      if (!isAnswer(name, args, value))
        refused.push(`${name}(${args.join(', ')}): ${JSON.stringify(value).slice(0, 500)}`);
      return value;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      const failed = { type: 'failed', id: 1, failure: error.report() };
      if (!isMessage(failed)) refused.push(`${name} failed: ${JSON.stringify(failed)}`);
      return null;
    }
  };
  const { table } = kernel;
  const mountable = table.partitions.filter(({ container }) => !container).map(({ number }) => number);
  const report = { sizeBytes: bytes.length, sectorSize: 512, table, probes: {}, lockdown: null };
  if (!isMessage({ type: 'booted', report })) refused.push(`booted: ${JSON.stringify(table)}`);
  await ask('identifyMedium');
  for (const partition of [...mountable.slice(0, 8), null]) {
    const mounted = await ask('mount', partition, null, {});
    if (mounted === null) continue;
    await ask('statvfs', mounted.mount);
    const walk = await ask('ftsOpen', mounted.mount, '/');
    const files: string[] = [];
    for (let pages = 0; walk !== null && pages < MAX_PAGES; pages++) {
      const page = await ask('readdir', walk.fd, 1000);
      for (const { name, attr } of page?.entries ?? []) if (attr?.type === 'file') files.push(`/${name}`);
      if (page === null || page.end) break;
    }
    const some = files.slice(0, MAX_FILES);
    await ask('locate', mounted.mount, some);
    await ask('identify', mounted.mount, some);
    for (const path of some) {
      await ask('describe', mounted.mount, path);
      const opened = await ask('open', mounted.mount, path, false);
      if (opened === null) continue;
      await ask('extents', opened.fd, 0);
      await ask('pread', opened.fd, 0, 65_536);
      await ask('close', opened.fd);
    }
    await ask('health');
    await ask('unmount', mounted.mount);
  }
  return refused;
}

describe('what main would refuse', () => {
  test.each([...new Set(hostileImages(/./).map(({ family }) => family))])(
    'is nothing of hostile %s',
    async (family) => {
      for (const image of hostileImages(new RegExp(`^${family}$`))) {
        expect(await refusedAnswers(image.bytes()), image.name).toEqual([]);
      }
    },
  );

  test.each(testImages(/./).map(({ name }) => name))('is nothing of %s', async (name) => {
    const [image] = testImages(new RegExp(`^${name.replace(/[.+]/g, '\\$&')}$`));
    expect(await refusedAnswers(image.bytes())).toEqual([]);
  });
});
