/** Eject: which commands are run, and what is said when they are not there or fail. */

import { expect, test } from 'vitest';
import { stickDrive } from './drive-fixture.ts';
import { ejectDrive } from './eject.ts';
import type { CommandResult } from './run-command.ts';
import { takeOver } from './take-over.ts';
import { type ConfigurationManager, type EjectRequest, ejectOnWin32 } from './win32-eject.ts';

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
    holdOf: () => ({ builtMounts: [], unlocked: [], mounts: nodes }),
    othersOf: () => [],
    udisks: async () => null,
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

test('Linux: locks encryption by udisksctl after it was unmounted', async () => {
  const { run, options } = host('linux', { udisksctl: WORKED });
  const hold = { builtMounts: ['/dev/mapper/luks-1'], unlocked: ['/dev/sdb2'], mounts: [] };
  expect(await ejectDrive(DRIVE, { ...options, holdOf: () => hold })).toMatchObject({ safe: true });
  expect(run).toEqual([
    'udisksctl unmount --no-user-interaction -b /dev/mapper/luks-1',
    'udisksctl lock --no-user-interaction -b /dev/sdb2',
    'udisksctl power-off --no-user-interaction -b /dev/sdb',
  ]);
});

/** Written after diskutil(8) and reports of others, not recorded on our machines. */
const DISSENT = `Unmount of disk4 failed: at least one volume could not be unmounted
Unmount was dissented by PID 47781 (/usr/bin/tail)
Dissenter parent PPID 47778 (/bin/zsh)`;

test('macOS: ejects by the block device, and names the program that is against it, not its parent', async () => {
  const mac = { ...DRIVE, devicePath: '/dev/rdisk4', hostMounts: ['/Volumes/STICK'] };
  const works = host('darwin', { '/usr/sbin/diskutil': WORKED });
  expect(await ejectDrive(mac, works.options)).toEqual({ safe: true, sentence: 'It may be pulled out.', detail: null });
  expect(works.run).toEqual(['/usr/sbin/diskutil eject disk4']);
  const held = host('darwin', { '/usr/sbin/diskutil': { code: 1, output: DISSENT } });
  expect(await ejectDrive(mac, held.options)).toEqual({
    safe: false,
    sentence:
      'Do not pull it out yet. The system has it mounted and could not let go of it: tail (process 47781) uses it.',
    detail: DISSENT,
  });
  const fails = host('darwin', { '/usr/sbin/diskutil': { code: 1, output: 'Volume failed to eject' } });
  expect((await ejectDrive(mac, fails.options)).sentence).toBe(
    'Do not pull it out yet. The system has it mounted and could not let go of it.',
  );
});

test('macOS: takes over by unmounting the whole disk', async () => {
  const works = host('darwin', { '/usr/sbin/diskutil': WORKED });
  expect(await takeOver('/dev/rdisk4', works.options)).toMatchObject({ safe: true });
  expect(works.run).toEqual(['/usr/sbin/diskutil unmountDisk disk4']);
  const held = host('darwin', { '/usr/sbin/diskutil': { code: 1, output: DISSENT } });
  expect(await takeOver('/dev/rdisk4', held.options)).toMatchObject({
    safe: false,
    sentence: 'The system could not let go of it: tail (process 47781) uses it.',
  });
});

const WINDOWS_DRIVE = { ...DRIVE, devicePath: '\\\\.\\PhysicalDrive2' };

function windows(answer: EjectRequest, instance: string | undefined = 'USBSTOR\\DISK&VEN_A\\S&0') {
  const asked: string[] = [];
  const manager: ConfigurationManager = {
    locate: (name) => {
      asked.push(`locate ${name}`);
      return 7;
    },
    parent: (node) => {
      asked.push(`parent ${node}`);
      return 8;
    },
    requestEject: (node) => {
      asked.push(`eject ${node}`);
      return answer;
    },
  };
  const instances = async () => new Map(instance === '' ? [] : [['\\\\.\\physicaldrive2', instance]]);
  return { asked, options: { instances, manager: () => manager } };
}

test('Windows: asks the USB device above the disk to go, and names the cards that go with it', async () => {
  const works = windows({ code: 0, vetoType: 0, vetoName: '' });
  expect(await ejectOnWin32(WINDOWS_DRIVE, [], works.options)).toMatchObject({
    safe: true,
    sentence: 'It may be pulled out.',
  });
  expect(works.asked).toEqual(['locate USBSTOR\\DISK&VEN_A\\S&0', 'parent 7', 'eject 8']);
  expect((await ejectOnWin32(WINDOWS_DRIVE, ['SD'], works.options)).sentence).toBe(
    'It may be pulled out. Other media in the same reader were switched off with it: SD.',
  );
});

test.each([
  [3, 'C:\\Program Files\\Editor\\editor.exe', 'The program editor.exe uses it.'],
  [4, 'WSearch', 'The service WSearch uses it.'],
  [5, 'STORAGE\\Volume\\1', 'A program has files of it open.'],
  [6, 'STORAGE\\Volume\\1', 'Windows does not let go of it (STORAGE\\Volume\\1).'],
  [12, '', 'Your account may not eject it.'],
])('Windows: veto %i is told in words', async (vetoType, vetoName, words) => {
  const { options } = windows({ code: 23, vetoType, vetoName });
  expect(await ejectOnWin32(WINDOWS_DRIVE, [], options)).toMatchObject({
    safe: false,
    sentence: `Do not pull it out yet. The drive could not be switched off. ${words}`,
  });
});

test('Windows: a drive that is not found is not called safe', async () => {
  const { options } = windows({ code: 0, vetoType: 0, vetoName: '' }, '');
  expect(await ejectOnWin32(WINDOWS_DRIVE, [], options)).toMatchObject({ safe: false });
});
