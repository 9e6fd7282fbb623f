/** Who holds a file or folder, found among real processes. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdersOf } from './holders.ts';
import { usedBy } from './let-go.ts';

test.runIf(process.platform === 'linux')(
  'names the process that stands in a folder, and nobody when it has ended',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'airlock-holders-'));
    writeFileSync(join(folder, 'file'), '');
    const child = spawn('sh', ['-c', 'echo up; exec sleep 100 < file'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect.poll(() => usedBy(holdersOf([folder]))).toBe(`sleep (process ${child.pid}) uses it`);
    expect(holdersOf([join(folder, 'file')])).toEqual([{ pid: child.pid, name: 'sleep' }]);
    expect(holdersOf([`${folder}-other`])).toEqual([]);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill();
    await ended;
    expect(holdersOf([folder])).toEqual([]);
    rmSync(folder, { recursive: true });
  },
);
