/** Eject: which commands are run, and what is said when they are not there or fail. */

import { expect, test } from 'vitest';
import { stickDrive } from './drive-fixture.ts';
import { type CommandResult, ejectDrive } from './eject.ts';

const DRIVE = stickDrive('/dev/sdb');
const MISSING: CommandResult = { code: null, output: 'spawn ENOENT' };

function host(platform: NodeJS.Platform, results: Record<string, CommandResult>, nodes: string[] = []) {
  const run: string[] = [];
  const options = {
    platform,
    run: async (command: string, args: string[]) => {
      run.push([command, ...args].join(' '));
      return results[`${command} ${args[0]}`] ?? results[command] ?? MISSING;
    },
    mountedNodes: () => nodes,
  };
  return { run, options };
}
const WORKED = { code: 0, output: '' };

test('Linux: unmounts what the host has mounted, then powers off', async () => {
  const { run, options } = host('linux', { udisksctl: WORKED }, ['/dev/sdb1', '/dev/sdb2']);
  expect(await ejectDrive({ ...DRIVE, hostMounts: ['/media/a', '/media/b'] }, options)).toEqual({
    safe: true,
    sentence: 'It may be pulled out.',
    detail: null,
  });
  expect(run).toEqual([
    'udisksctl unmount --no-user-interaction -b /dev/sdb1',
    'udisksctl unmount --no-user-interaction -b /dev/sdb2',
    'udisksctl power-off --no-user-interaction -b /dev/sdb',
  ]);
});

test('Linux: is not safe while a program keeps the host’s mount busy', async () => {
  const busy = { code: 1, output: 'target is busy' };
  const { run, options } = host('linux', { udisksctl: busy, umount: busy }, ['/dev/sdb1']);
  expect(await ejectDrive(DRIVE, options)).toMatchObject({ safe: false, detail: 'target is busy' });
  expect(run).not.toContain('udisksctl power-off --no-user-interaction -b /dev/sdb');
});

test('Linux: uses eject without UDisks, and says so where there is neither', async () => {
  expect(await ejectDrive(DRIVE, host('linux', { eject: WORKED }).options)).toMatchObject({ safe: true, detail: null });
  expect(await ejectDrive(DRIVE, host('linux', {}).options)).toEqual({
    safe: true,
    sentence:
      'The drive was not switched off: neither udisksctl nor eject is installed. Nothing was written to it: it may be pulled out all the same.',
    detail: '',
  });
  const failing = host('linux', { udisksctl: { code: 1, output: 'no' }, eject: { code: 1, output: 'not supported' } });
  expect(await ejectDrive(DRIVE, failing.options)).toMatchObject({ safe: true, detail: 'not supported' });
});

test('macOS: ejects by the block device, and is not safe while it is mounted', async () => {
  const mac = { ...DRIVE, devicePath: '/dev/rdisk4', hostMounts: ['/Volumes/STICK'] };
  const works = host('darwin', { diskutil: WORKED });
  expect(await ejectDrive(mac, works.options)).toMatchObject({ safe: true });
  expect(works.run).toEqual(['diskutil eject /dev/disk4']);
  const fails = host('darwin', { diskutil: { code: 1, output: 'in use' } });
  expect(await ejectDrive(mac, fails.options)).toMatchObject({ safe: false, detail: 'in use' });
});

test('Windows: names the taskbar, and is honest about the host’s mount', async () => {
  const { options } = host('win32', {});
  expect((await ejectDrive(DRIVE, options)).sentence).toContain('Safely Remove Hardware');
  expect(await ejectDrive({ ...DRIVE, hostMounts: ['E:\\'] }, options)).toMatchObject({ safe: false });
});
