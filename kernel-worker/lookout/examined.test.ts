import { describe, expect, it } from 'vitest';
import { examined, examinedBytes, MAX_FILE_BYTES } from './examined.ts';

const CONTENT = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251);
const { attr } = examinedBytes('a', CONTENT);

function counted(sizeBytes: number) {
  const reads: Array<[number, number]> = [];
  const file = examined('a', { ...attr, size: sizeBytes }, false, (offset, into) => {
    reads.push([offset, into.length]);
    into.set(CONTENT.subarray(offset, offset + into.length));
    return into.length;
  });
  return { file, reads };
}

describe('a file that is examined', () => {
  it('is read at its beginning once, whoever asks', () => {
    const { file, reads } = counted(CONTENT.length);
    file.type();
    expect(reads[0]).toEqual([0, 4096]);
    const before = reads.length;
    expect(file.read(0, 3)).toEqual(CONTENT.subarray(0, 3));
    expect(file.read(4000, 96)).toEqual(CONTENT.subarray(4000, 4096));
    expect(reads).toHaveLength(before);
    expect(file.read(4000, 97)).toEqual(CONTENT.subarray(4000, 4097));
    expect(reads).toHaveLength(before + 1);
  });

  it('gives no more than its size, and nothing for a place that it does not have', () => {
    const { file } = counted(10);
    expect(file.read(0, 100)).toEqual(CONTENT.subarray(0, 10));
    expect(file.read(4, 100)).toEqual(CONTENT.subarray(4, 10));
    for (const offset of [10, 11, -1, 0.5, Number.NaN, 2 ** 60]) expect(file.read(offset, 1)).toHaveLength(0);
    expect(file.read(0, Number.NaN)).toHaveLength(0);
  });

  it('gives its beginning again also when as much of it was read as may be', () => {
    const { file, reads } = counted(2 ** 40);
    expect(file.read(0, 100)).toHaveLength(100);
    for (let at = 1; at < 10; at++) file.read(at * 2 ** 20, 2 ** 20);
    expect(reads.reduce((sum, [, lengthBytes]) => sum + lengthBytes, 0)).toBe(MAX_FILE_BYTES);
    expect(file.read(2 ** 30, 1)).toHaveLength(0);
    expect(file.read(0, 100)).toEqual(CONTENT.subarray(0, 100));
  });
});
