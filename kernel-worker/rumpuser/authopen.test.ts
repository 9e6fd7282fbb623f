/** Receiving a descriptor over a socket, from a stand-in for authopen that answers as Linux does; authopen itself is macOS'. */

import { closeSync, existsSync, mkdtempSync, readdirSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openThroughAuthopen } from './authopen.ts';

const PYTHON = '/usr/bin/python3';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-authopen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const standIn = (body: string) => [
  ...[PYTHON, '-c'],
  `import os, socket, sys\ns = socket.socket(fileno=1)\nfd = os.open(sys.argv[1], os.O_RDONLY)\n${body}`,
];
const openDescriptors = () => readdirSync('/proc/self/fd').length;

describe.runIf(process.platform === 'linux' && existsSync(PYTHON))('a descriptor over a socket', () => {
  test('is what was opened, and nothing else stays open', () => {
    const path = join(folder, 'device');
    writeFileSync(path, 'what is on it');
    const before = openDescriptors();
    const fd = openThroughAuthopen(path, standIn("socket.send_fds(s, [b'x'], [fd])"));
    const into = new Uint8Array(20);
    expect(readSync(fd, into, 0, 20, 5)).toBe(8);
    expect(new TextDecoder().decode(into.subarray(0, 8))).toBe('is on it');
    closeSync(fd);
    expect(openDescriptors()).toBe(before);
  });

  test.each([
    ['ends without an answer, as when nobody typed the password', 'sys.exit(1)'],
    ['answers with bytes only', "os.write(1, b'x')"],
  ])('is none where the other side %s', (_, body) => {
    const path = join(folder, 'device');
    writeFileSync(path, '');
    const before = openDescriptors();
    expect(() => openThroughAuthopen(path, standIn(body))).toThrow('the password was not given');
    expect(openDescriptors()).toBe(before);
  });

  test('is none where the command is not there', () => {
    expect(() => openThroughAuthopen('/dev/rdisk9', [join(folder, 'authopen')])).toThrow('the password was not given');
  });
});
