/** Which way to a device is tried after which refusal. The ways themselves are shown in test/usb. */

import { expect, test } from 'vitest';
import type { FailureReport, FromWorker, MediumReport } from '../../kernel-worker/contract.ts';
import type { WorkerHandle } from '../kernels/kernel-process.ts';
import { startOnMedium, throughAuthopen } from './open-device.ts';

const REPORT: MediumReport = {
  sizeBytes: 1,
  sectorSize: 512,
  table: { scheme: 'none', sectorSize: 512, uuid: null, partitions: [], notices: [], wholeMedium: false },
  probes: {},
  lockdown: null,
};
const BOOT = { cacheBytes: 0, sandbox: true };
/** There is no such device, so nothing is opened by accident. */
const DEVICE = { kind: 'device', path: '/dev/airlock-none', sizeBytes: 1024, sectorSize: 512 } as const;

/** Workers that answer their boot request, the first with the first answer. */
function workers(answers: Array<FailureReport | null>) {
  const asked: string[] = [];
  const launch = (): WorkerHandle => {
    let listener: (message: FromWorker) => void = () => {};
    return {
      send: (message) => {
        if (message.type !== 'boot') return;
        asked.push(message.request.source.kind);
        const failure = answers.shift() ?? null;
        if (failure === null) listener({ type: 'booted', report: REPORT });
        else listener({ type: 'boot-failed', stage: 'open', failure });
      },
      onMessage: (heard) => {
        listener = heard;
      },
      onExit: () => {},
      kill: () => {},
      residentBytes: () => null,
    };
  };
  return { asked, launch };
}

const failure = (errno: FailureReport['errno'], message: string): FailureReport => ({
  errno,
  kind: 'request',
  message,
});

test('an image is opened as it is', async () => {
  const { asked, launch } = workers([null]);
  const { kernel, source } = await startOnMedium({ kind: 'image', path: '/x' }, BOOT, launch);
  expect([asked, source.kind]).toEqual([['image'], 'image']);
  kernel.close();
});

test('what is not a refusal ends the search', async () => {
  const { asked, launch } = workers([failure('EBUSY', 'in use')]);
  await expect(startOnMedium(DEVICE, BOOT, launch)).rejects.toMatchObject({ failure: { errno: 'EBUSY' } });
  expect(asked).toEqual(['device']);
});

test.runIf(process.platform === 'linux')(
  'after a refusal UDisks is asked, and a dismissed question ends the search',
  async () => {
    const { asked, launch } = workers([failure('EACCES', 'no permission'), failure('EPERM', 'dismissed')]);
    await expect(startOnMedium(DEVICE, BOOT, launch)).rejects.toMatchObject({
      stage: 'open',
      failure: { errno: 'EACCES', message: 'no permission; dismissed' },
    });
    expect(asked).toEqual(['device', 'udisks']);
  },
);

test.runIf(process.platform === 'linux')('what UDisks opens is the medium', async () => {
  const { launch } = workers([failure('EACCES', 'no permission'), null]);
  const { kernel, source } = await startOnMedium({ ...DEVICE, exclusive: true }, BOOT, launch);
  expect(source).toEqual({
    kind: 'udisks',
    objectPath: '/org/freedesktop/UDisks2/block_devices/airlock_2dnone',
    sizeBytes: 1024,
    sectorSize: 512,
    exclusive: true,
  });
  kernel.close();
});

test('macOS: the worker is to ask authopen for a device of known size', async () => {
  const { asked, launch } = workers([null]);
  const { kernel, source } = await startOnMedium(DEVICE, BOOT, launch, [throughAuthopen]);
  expect(asked).toEqual(['authopen']);
  expect(source).toEqual({ kind: 'authopen', path: '/dev/airlock-none', sizeBytes: 1024, sectorSize: 512 });
  kernel.close();
  const unknown = { ...DEVICE, sizeBytes: null };
  await expect(startOnMedium(unknown, BOOT, launch, [throughAuthopen])).rejects.toMatchObject({
    failure: { errno: 'EACCES', message: 'the size of the device is not known' },
  });
});
