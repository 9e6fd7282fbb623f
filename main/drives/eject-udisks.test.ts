/** Ejecting and taking over through UDisks: what is asked of it, in which order, and what is said when it refuses. */

import { expect, test } from 'vitest';
import { stickDrive } from './drive-fixture.ts';
import { ejectDrive, otherCards } from './eject.ts';
import type { HostHold } from './let-go.ts';
import { BusError } from './system-bus.ts';
import { takeOver } from './take-over.ts';
import type { DriveTraits, UDisks } from './udisks.ts';

const DRIVE = stickDrive('/dev/sdy', { hostMounts: ['/media/a'] });
const STICK: DriveTraits = { path: '/drives/stick', canPowerOff: true, ejectable: true, siblings: '' };

const TWO_PARTITIONS: HostHold = { builtMounts: [], unlocked: [], mounts: ['/dev/sdy1', '/dev/sdy2'] };
/** A LUKS partition that is unlocked and mounted, beside a plain one. */
const ENCRYPTED: HostHold = { builtMounts: ['/dev/mapper/luks-1'], unlocked: ['/dev/sdy2'], mounts: ['/dev/sdy1'] };

function host(
  traits: DriveTraits,
  failing: Record<string, Error> = {},
  hold: HostHold = TWO_PARTITIONS,
  others: string[] = [],
) {
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
    lock: (path) => ask(`lock ${path}`),
    eject: ({ path }) => ask(`eject ${path}`),
    powerOff: ({ path }) => ask(`powerOff ${path}`),
    close: () => ask('close'),
  };
  const options = {
    platform: 'linux' as const,
    run: () => Promise.reject(new Error('no command is run')),
    holdOf: () => hold,
    othersOf: () => others,
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

test('unlocked encryption is unmounted and locked before anything else, for ejecting and for taking over', async () => {
  const order = ['unmount /dev/mapper/luks-1', 'lock /dev/sdy2', 'unmount /dev/sdy1'];
  const ejecting = host(STICK, {}, ENCRYPTED);
  expect(await ejectDrive(DRIVE, ejecting.options)).toMatchObject({ safe: true });
  expect(ejecting.asked).toEqual([...order, 'powerOff /drives/stick', 'close']);
  const taking = host(STICK, {}, ENCRYPTED);
  expect(await takeOver('/dev/sdy', taking.options)).toEqual({
    safe: true,
    sentence: 'The system has let go of it.',
    detail: null,
  });
  expect(taking.asked).toEqual([...order, 'close']);
});

test('encryption that cannot be locked again is told as that, and nothing after it is tried', async () => {
  const busy = new BusError('org.freedesktop.UDisks2.Error.Failed', 'Device or resource busy');
  const { asked, options } = host(STICK, { lock: busy }, ENCRYPTED);
  expect(await takeOver('/dev/sdy', options)).toEqual({
    safe: false,
    sentence: 'An encrypted part of it is unlocked and could not be locked again: a program may have files of it open.',
    detail: 'Device or resource busy',
  });
  expect(asked).toEqual(['unmount /dev/mapper/luks-1', 'lock /dev/sdy2', 'close']);
  expect((await ejectDrive(DRIVE, options)).sentence).toBe(
    'Do not pull it out yet. An encrypted part of it is unlocked and could not be locked again: a program may have files of it open.',
  );
});

test('taking over what nobody has asks nobody; without UDisks it names the command', async () => {
  const nobody = host(STICK, {}, { builtMounts: [], unlocked: [], mounts: [] });
  expect(await takeOver('/dev/sdy', nobody.options)).toMatchObject({ safe: true });
  expect(nobody.asked).toEqual([]);
  const { options } = host(STICK);
  expect(await takeOver('/dev/sdy', { ...options, udisks: async () => null })).toMatchObject({
    safe: false,
    sentence: 'The system has it mounted, and UDisks is not there to ask: sudo umount /dev/sdy1 /dev/sdy2',
  });
});

test('a card is ejected alone where its reader can, and the others are named where they go with it', async () => {
  const alone = host(STICK, {}, TWO_PARTITIONS, ['/dev/sdz']);
  expect((await ejectDrive(DRIVE, alone.options)).sentence).toBe(
    'It may be pulled out. Other media in the same reader are still in use: /dev/sdz.',
  );
  expect(alone.asked).toContain('eject /drives/stick');
  const together = host({ ...STICK, ejectable: false }, {}, TWO_PARTITIONS, ['/dev/sdz']);
  expect((await ejectDrive(DRIVE, together.options)).sentence).toBe(
    'It may be pulled out. Other media in the same reader were switched off with it: /dev/sdz.',
  );
});

test('the other cards of a reader are those with a medium', () => {
  const card = stickDrive('/dev/sda', { siblings: ['b', 'c'] });
  const all = [
    card,
    stickDrive('/dev/sdb', { id: 'b' }),
    stickDrive('/dev/sdc', { id: 'c', hasMedium: false }),
    stickDrive('/dev/sdd', { id: 'd' }),
  ];
  expect(otherCards(card, all).map(({ id }) => id)).toEqual(['b']);
  expect(otherCards(all[3], all)).toEqual([]);
});
