import { describe, expect, it } from 'vitest';
import { fatTree } from '../../test/builders/fat-tree.ts';
import { REGISTERED_DRIVERS } from '../fs/registry.ts';
import { badRangeBlocks } from '../rumpuser/faulty.ts';
import { memoryBlocks } from '../rumpuser/memory.ts';
import { Health, MAX_COUNTED } from './health.ts';
import { Kernel } from './kernel.ts';
import { SystemCallLayer } from './syscalls.ts';

describe('what is recorded of a medium', () => {
  it('counts a place once, and how often it was tried', () => {
    const health = new Health();
    health.retried();
    health.unreadable(1024);
    health.unreadable(512);
    health.unreadable(1024);
    expect(health.report()).toEqual({
      badPlaces: [
        { byteOffset: 512, tries: 2 },
        { byteOffset: 1024, tries: 3 },
      ],
      badPlaceCount: 2,
      moreBadPlaces: false,
      retriedReads: 1,
      damage: [],
      damageCount: 0,
      moreDamage: false,
    });
  });

  it('counts damage once, and other failures not at all', () => {
    const health = new Health();
    const damage = { errno: 'EUCLEAN', kind: 'damage', message: 'broken', byteOffset: 5 } as const;
    health.met(damage);
    health.met({ ...damage });
    health.met({ ...damage, byteOffset: 6 });
    health.met({ errno: 'ENOENT', kind: 'request', message: 'not there' });
    expect(health.report()).toMatchObject({ damageCount: 2, damage: [{ byteOffset: 5 }, { byteOffset: 6 }] });
  });

  it('is bounded', () => {
    const health = new Health();
    const meet = (count: number) => {
      for (let i = 0; i < count; i++) {
        health.unreadable(i * 512);
        health.met({ errno: 'EUCLEAN', kind: 'damage', message: `broken ${i}` });
      }
    };
    meet(5000);
    // Also those that are only counted count once.
    meet(5000);
    const whole = { moreBadPlaces: false, moreDamage: false };
    expect(health.report()).toMatchObject({ badPlaceCount: 5000, damageCount: 5000, ...whole });
    expect(health.report().badPlaces).toHaveLength(200);
    expect(health.report().damage).toHaveLength(200);
    meet(MAX_COUNTED);
    expect(health.report()).toMatchObject({ badPlaceCount: MAX_COUNTED, damageCount: MAX_COUNTED, ...whole });
    meet(MAX_COUNTED + 1);
    const over = { moreBadPlaces: true, moreDamage: true };
    expect(health.report()).toMatchObject({ badPlaceCount: MAX_COUNTED, damageCount: MAX_COUNTED, ...over });
  });

  it('tells by a system call which sector of a file could not be read', async () => {
    const image = fatTree('FAULTY', [{ name: 'a.bin', content: Buffer.alloc(8192, 0x5a) }]);
    const content = Buffer.from(image).indexOf(Buffer.alloc(64, 0x5a));
    const bad = content + 1024;
    const blocks = badRangeBlocks(memoryBlocks(image), bad, 512);
    const layer = new SystemCallLayer(new Kernel(blocks, { drivers: REGISTERED_DRIVERS }));
    const { mount } = await layer.call('mount', [null, null, {}]);
    const { fd } = await layer.call('open', [mount, '/a.bin', false]);
    await expect(layer.call('pread', [fd, 0, 8192])).rejects.toMatchObject({ kind: 'medium', byteOffset: bad });
    const report = await layer.call('health', []);
    expect(report.badPlaces.map(({ byteOffset }) => byteOffset)).toEqual([bad]);
    expect(report.retriedReads).toBeGreaterThan(0);
    expect(report.damageCount).toBe(0);
  });
});
