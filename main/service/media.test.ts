/** Ejecting: once however often it is asked for, nothing opened meanwhile, and a failure that is told and leaves the medium there. */

import { beforeEach, expect, test } from 'vitest';
import type { Drive, EjectOutcome } from '../drives/drive.ts';
import { stickDrive } from '../drives/drive-fixture.ts';
import { Media } from './media.ts';

const drive = stickDrive('/dev/airlock-a');
let media: Media;
let eject: (drive: Drive) => Promise<EjectOutcome>;
let ejected: string[] = [];

beforeEach(() => {
  ejected = [];
  const unused = () => Promise.reject(new Error('not asked for'));
  media = new Media({
    drives: { current: () => [drive], refresh: async () => [drive], onChange: () => {}, close: () => {} },
    eject: (which) => {
      ejected.push(which.devicePath);
      return eject(which);
    },
    ...{ takeOver: unused, sampleImage: unused, sandbox: true },
    launch: () => {
      throw new Error('no worker is needed');
    },
    ...{ showAll: () => true, fatReading: () => ({ fatCodePage: '', fatTimeZone: '' }), onChange: () => {} },
  });
});

test('a medium is ejected once though it is asked for twice, and is not opened meanwhile', async () => {
  let finish = () => {};
  eject = () =>
    new Promise((resolve) => {
      finish = () => resolve({ safe: true, sentence: 'It may be pulled out.', detail: null });
    });
  const both = [media.eject(drive.id), media.eject(drive.id)];
  expect(media.medium(drive.id).state).toBe('ejecting');
  await expect(media.open(drive.id)).rejects.toThrow('This medium is not open.');
  finish();
  expect(await Promise.all(both)).toMatchObject([{ state: 'ejected' }, { state: 'ejected' }]);
  expect(ejected).toEqual(['/dev/airlock-a']);
});

test('an eject that fails leaves the medium there, with the reason', async () => {
  eject = () => Promise.reject(new Error('the system bus is gone'));
  expect(await media.eject(drive.id)).toMatchObject({
    state: 'present',
    problem: { sentence: 'That did not work.', detail: 'the system bus is gone' },
  });
  eject = async () => ({ safe: true, sentence: 'It may be pulled out.', detail: null });
  expect(await media.eject(drive.id)).toMatchObject({ state: 'ejected' });
});
