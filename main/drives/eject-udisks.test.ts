/** Ejecting through UDisks: what is asked of it, in which order, and what is said when it refuses. */

import { expect, test } from 'vitest';
import { stickDrive } from './drive-fixture.ts';
import { ejectDrive } from './eject.ts';
import { BusError } from './system-bus.ts';
import type { DriveTraits, UDisks } from './udisks.ts';

const DRIVE = stickDrive('/dev/sdy', { hostMounts: ['/media/a'] });
const STICK: DriveTraits = { path: '/drives/stick', canPowerOff: true, ejectable: true, siblings: '' };

function host(traits: DriveTraits, failing: Record<string, Error> = {}) {
  const asked: string[] = [];
  const ask = async (what: string) => {
    asked.push(what);
    const failure = failing[what.split(' ')[0]];
    if (failure) throw failure;
  };
  const udisks: UDisks = {
    traits: async () => traits,
    openForReading: async () => -1,
    unmount: (path) => ask(`unmount ${path}`),
    eject: ({ path }) => ask(`eject ${path}`),
    powerOff: ({ path }) => ask(`powerOff ${path}`),
    close: () => ask('close'),
  };
  const options = {
    platform: 'linux' as const,
    run: () => Promise.reject(new Error('no command is run')),
    mountedNodes: () => ['/dev/sdy1', '/dev/sdy2'],
    udisks: async () => udisks,
  };
  return { asked, options };
}

test('unmounts every partition, then powers the drive off', async () => {
  const { asked, options } = host(STICK);
  expect(await ejectDrive(DRIVE, options)).toEqual({ safe: true, sentence: 'It may be pulled out.', detail: null });
  expect(asked).toEqual(['unmount /dev/sdy1', 'unmount /dev/sdy2', 'powerOff /drives/stick', 'close']);
});

test('ejects what cannot be powered off, and lets go of what can do neither', async () => {
  const card = host({ ...STICK, canPowerOff: false });
  expect(await ejectDrive(DRIVE, card.options)).toMatchObject({ safe: true });
  expect(card.asked).toContain('eject /drives/stick');
  const neither = host({ ...STICK, canPowerOff: false, ejectable: false });
  expect((await ejectDrive(DRIVE, neither.options)).sentence).toBe(
    'The drive has no switch. Nothing was written to it: it may be pulled out all the same.',
  );
});

test('says not to pull it out while the system cannot unmount it or switch it off', async () => {
  const busy = new BusError('org.freedesktop.UDisks2.Error.DeviceBusy', 'target is busy');
  const mounted = host(STICK, { unmount: busy });
  expect(await ejectDrive(DRIVE, mounted.options)).toEqual({
    safe: false,
    sentence:
      'Do not pull it out yet. The system has it mounted and could not let go of it: a program may have files of it open.',
    detail: 'target is busy',
  });
  expect(mounted.asked).toEqual(['unmount /dev/sdy1', 'close']);
  const open = host(STICK, { powerOff: busy });
  expect(await ejectDrive(DRIVE, open.options)).toMatchObject({ safe: false, detail: 'target is busy' });
});
