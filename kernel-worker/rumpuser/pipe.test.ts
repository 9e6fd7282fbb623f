/** Reading through a helper: whole answers, short ones, errors, and a helper that ends or does not keep to the protocol. */

import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { pipeBlocks } from './pipe.ts';
import type { BlockHypercalls } from './rumpuser.ts';

/** A helper over a medium of 3 MiB whose bytes are their 4096-byte block's number; what it does with odd offsets is told by `odd`. */
const HELPER = `
import os, struct, sys
odd = sys.argv[1]
size = 3 << 20
def need(n):
    data = b''
    while len(data) < n:
        piece = os.read(0, n - len(data))
        if not piece: sys.exit()
        data += piece
    return data
while True:
    offset, length, zero = struct.unpack('<QII', need(16))
    assert zero == 0 and length <= 1 << 20
    data = bytes((at >> 12) & 255 for at in range(offset, min(offset + length, size)))
    code = 0
    if offset & 1:
        if odd == 'end': sys.exit()
        if odd == 'long': data += b'more'
        if odd.isdigit(): code, data = int(odd), b''
        if odd == 'short': data = data[:100]
    answer = struct.pack('<II', code, len(data)) + data
    while answer: answer = answer[os.write(1, answer):]
`;

const cleanup: Array<() => void> = [];
afterEach(() => {
  for (const each of cleanup.splice(0)) each();
});

function helped(odd: string): BlockHypercalls {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-pipe-'));
  const [request, answer] = [join(folder, 'request'), join(folder, 'answer')];
  execFileSync('mkfifo', [request, answer]);
  const fds = [request, answer].map((path) => openSync(path, constants.O_RDWR));
  const child = spawn('python3', ['-c', HELPER, odd], {
    stdio: [openSync(request, constants.O_RDONLY), openSync(answer, constants.O_WRONLY), 'ignore'],
  });
  const [requestFd, answerFd] = [openSync(request, constants.O_WRONLY), openSync(answer, constants.O_RDONLY)];
  for (const fd of fds) closeSync(fd);
  cleanup.push(() => {
    child.kill();
    closeSync(requestFd);
    closeSync(answerFd);
    rmSync(folder, { recursive: true });
  });
  return pipeBlocks(requestFd, answerFd, { sizeBytes: 3 << 20, sectorSize: 512 });
}

test('reads across the longest request, at the right place', () => {
  const blocks = helped('short');
  const into = new Uint8Array((1 << 20) + 8192);
  expect(blocks.pread(into, 4096)).toBe(into.length);
  expect([into[0], into[4095], into[4096], into[into.length - 1]]).toEqual([1, 1, 2, 258 & 255]);
  expect(blocks).toMatchObject({ sizeBytes: 3 << 20, sectorSize: 512 });
});

test('a short answer is a short read', () => {
  expect(helped('short').pread(new Uint8Array(4096), 1)).toBe(100);
});

test.each([
  ['5', 'EIO'],
  ['19', 'ENODEV'],
  ['123', 'ENOMEDIUM'],
  ['77', 'EIO'],
  ['long', 'EIO'],
])('a helper that answers %s gives %s', (odd, code) => {
  expect(() => helped(odd).pread(new Uint8Array(512), 1)).toThrow(expect.objectContaining({ code }));
});
