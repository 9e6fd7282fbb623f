/** The ways to a device's bytes for an image, the helper's by its real script over real pipes (on a file, which it is made to take for a device). */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ElevationError } from '../drives/elevation-error.ts';
import { BusError } from '../drives/system-bus.ts';
import type { UDisks } from '../drives/udisks.ts';
import { openDeviceSource, type WaysToOpen } from './device-source.ts';

const HELPER = fileURLToPath(new URL('../../assets/airlock-read-device', import.meta.url));
const BYTES = Buffer.from(Array.from({ length: 3 * 4096 + 512 }, (_, at) => (at * 7) & 0xff));
let folder = '';
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-source-'));
});
afterEach(() => {
  child?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const denied = async () => {
  throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
};

function ways(more: Partial<WaysToOpen>): WaysToOpen {
  return {
    platform: 'linux',
    open: denied,
    udisks: async () => null,
    elevated: async () => {
      throw new ElevationError('pkexec is not installed');
    },
    ...more,
  };
}

const udisksThat = (openForReading: UDisks['openForReading']): UDisks => ({
  traits: () => Promise.reject(new Error('not asked')),
  openForReading,
  unmount: async () => {},
  lock: async () => {},
  eject: async () => {},
  powerOff: async () => {},
  close: async () => {},
});

test('a file or device that may be read is read as it is', async () => {
  const path = join(folder, 'medium');
  writeFileSync(path, BYTES);
  const { source, close } = await openDeviceSource(path, null);
  const into = new Uint8Array(1000);
  expect([source.sizeBytes, await source.read(into, 12_000)]).toEqual([BYTES.length, 800]);
  expect(Buffer.compare(into.subarray(0, 800), BYTES.subarray(12_000))).toBe(0);
  close();
});

test('after a refusal comes UDisks, and its descriptor is the medium', async () => {
  const path = join(folder, 'medium');
  writeFileSync(path, BYTES);
  const udisks = udisksThat(async () => openSync(path, constants.O_RDONLY));
  const { source, close } = await openDeviceSource('/dev/x', BYTES.length, ways({ udisks: async () => udisks }));
  expect(await source.read(new Uint8Array(512), 0)).toBe(512);
  close();
});

test('every refusal is told; after a dismissed question nobody is asked again', async () => {
  await expect(openDeviceSource('/dev/x', 1, ways({}))).rejects.toThrow(
    'no permission to read /dev/x; UDisks is not there to ask; pkexec is not installed',
  );
  const dismissing = udisksThat(() =>
    Promise.reject(new BusError('org.freedesktop.UDisks2.Error.NotAuthorizedDismissed', 'dismissed')),
  );
  await expect(openDeviceSource('/dev/x', 1, ways({ udisks: async () => dismissing }))).rejects.toThrow(
    /^no permission to read \/dev\/x; UDisks refused: dismissed$/,
  );
});

/** The helper with its checks for a device taken out, and what is read after them left in. */
function startHelper(path: string, pipes: { request: string; answer: string }): void {
  const script = readFileSync(HELPER, 'utf8').replace('main(sys.argv[1:])', 'serve(os.open(sys.argv[1], os.O_RDONLY))');
  execFileSync('mkfifo', ['-m', '600', pipes.request, pipes.answer]);
  const held = [pipes.request, pipes.answer].map((each) => openSync(each, constants.O_RDWR));
  const ends = [openSync(pipes.request, constants.O_RDONLY), openSync(pipes.answer, constants.O_WRONLY)];
  child = spawn('/usr/bin/python3', ['-IS', '-c', script, path], { stdio: [ends[0], ends[1], 'ignore'] });
  for (const fd of ends) closeSync(fd);
  heldEnds = held;
}
let heldEnds: number[] = [];

test.runIf(process.platform === 'linux' && existsSync('/usr/bin/python3'))(
  'the last way is the reading helper: its bytes are the medium’s, past the end there are none, and it ends with its pipes',
  async () => {
    const path = join(folder, 'medium');
    writeFileSync(path, BYTES);
    const pipes = { request: join(folder, 'request'), answer: join(folder, 'answer') };
    const elevated: WaysToOpen['elevated'] = async () => {
      startHelper(path, pipes);
      const paths = { requestPath: pipes.request, answerPath: pipes.answer };
      const introduced = () => {
        for (const fd of heldEnds.splice(0)) closeSync(fd);
      };
      return { source: { kind: 'helper', ...paths, sizeBytes: BYTES.length, sectorSize: 512 }, introduced };
    };
    const { source, close } = await openDeviceSource('/dev/x', null, ways({ elevated }));
    const into = new Uint8Array(BYTES.length);
    expect(await source.read(into, 0)).toBe(BYTES.length);
    expect(Buffer.compare(into, BYTES)).toBe(0);
    expect(await source.read(new Uint8Array(4096), 12_288)).toBe(512);
    expect(await source.read(new Uint8Array(4096), BYTES.length)).toBe(0);
    const ended = new Promise((resolve) => child?.once('close', resolve));
    close();
    await ended;
  },
);
