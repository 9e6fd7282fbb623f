import { expect, test } from 'vitest';
import { udfKernel } from '../../../test/builders/udf-mounted.ts';
import { testImages } from '../../../test/images/library.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { volumeUuid } from './vds.ts';

test('says of every reference image what blkid says', () => {
  const images = testImages(/^udf-/);
  expect(images.length).toBeGreaterThanOrEqual(12);
  for (const { name, meta, bytes } of images) {
    const found = udfKernel(memoryBlocks(bytes())).probe(null)[0];
    expect({ name, label: found?.label, uuid: found?.uuid }).toEqual({ name, label: meta.label, uuid: meta.uuid });
    expect(found.certainty).toBe(3);
  }
});

test('reads little of a medium that holds no UDF, and not much of one that does', () => {
  const kernel = udfKernel(memoryBlocks(new Uint8Array(64 * 1024 * 1024)));
  expect(kernel.probe(null)).toEqual([]);
  expect(kernel.cacheStatistics.deviceReads).toBeLessThanOrEqual(8);
});

test('makes an identifier of volume set identifiers as blkid does', () => {
  expect(volumeUuid('0123456789ABCDEFrest')).toBe('0123456789abcdef');
  expect(volumeUuid('01234567-89ABrest')).toBe('012345672d383941');
  expect(volumeUuid('LinuxUDF')).toBe('4c696e7578554446');
  expect(volumeUuid('12345678')).toBe('1234567800000000');
  expect(volumeUuid('short')).toBeNull();
});
