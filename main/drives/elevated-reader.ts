/**
 * Starts the helper that reads one device with an administrator's rights (assets/airlock-read-device, by pkexec(1)), and joins it to a kernel worker
 * by two named pipes: main only introduces them and sees no byte that passes.
 */

import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediumSource } from '../../kernel-worker/contract.ts';
import { assetFile } from '../built-files.ts';
import { ElevationError } from './elevation-error.ts';

/** Where the packages put it: the path that the polkit action names. */
const INSTALLED = '/opt/Airlock/resources/airlock-read-device';
/** The helper needs Python's standard library, which it names in its first line. */
const PYTHON = '/usr/bin/python3';
/** pkexec(1): nobody could be asked or the answer was no, and: the dialog was dismissed. */
const NOT_AUTHORIZED = 127;
const DISMISSED = 126;
/** As much as anybody wants to read of a complaint. */
const MAX_COMPLAINT = 500;

export interface ElevatedReader {
  source: MediumSource;
  /** To be called when the worker has opened the pipes or ended: from then on the helper ends with the worker. */
  introduced(): void;
}

/** Waits as long as the user takes to type a password. Throws ElevationError. */
export async function startElevatedReader(devicePath: string, exclusive: boolean): Promise<ElevatedReader> {
  const pkexec = ['/usr/bin/pkexec', '/bin/pkexec'].find((path) => existsSync(path));
  if (pkexec === undefined) throw new ElevationError('pkexec is not installed, which could ask for a password');
  if (!existsSync(PYTHON)) throw new ElevationError(`${PYTHON} is not installed, which the reading helper needs`);
  const helper = existsSync(INSTALLED) ? INSTALLED : assetFile('airlock-read-device');
  // In an AppImage it lies in an archive, where no other program can start it.
  if (helper.includes('.asar')) throw new ElevationError('the reading helper comes with the deb and rpm packages only');
  const folder = mkdtempSync(join(tmpdir(), 'airlock-pipes-'));
  const paths = { request: join(folder, 'request'), answer: join(folder, 'answer') };
  const opened: number[] = [];
  const open = (path: string, flags: number) => {
    const fd = openSync(path, flags);
    opened.push(fd);
    return fd;
  };
  const release = () => {
    for (const fd of opened.splice(0)) closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    execFileSync('mkfifo', ['-m', '600', paths.request, paths.answer], { stdio: 'ignore' });
    // Both ways, so that no open of a single end has to wait for the other; closed when everybody has theirs.
    open(paths.request, constants.O_RDWR);
    open(paths.answer, constants.O_RDWR);
    const ends = [open(paths.request, constants.O_RDONLY), open(paths.answer, constants.O_WRONLY)];
    const argument = exclusive ? ['--exclusive', devicePath] : [devicePath];
    const geometry = await readiness(pkexec, [helper, ...argument], ends);
    const source = { kind: 'helper', requestPath: paths.request, answerPath: paths.answer, ...geometry } as const;
    return { source, introduced: release };
  } catch (error) {
    release();
    throw error instanceof ElevationError ? error : new ElevationError(String(error));
  }
}

/** Resolves with what the helper says of the device when it is ready to answer. */
function readiness(
  pkexec: string,
  args: string[],
  [requests, answers]: number[],
): Promise<{ sizeBytes: number; sectorSize: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(pkexec, args, { stdio: [requests, answers, 'pipe'] });
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(0, MAX_COMPLAINT);
      const ready = /^ready (\d+) (\d+)\n/m.exec(words);
      if (ready === null) return;
      const [sizeBytes, sectorSize] = [Number(ready[1]), Number(ready[2])];
      // The helper goes on by itself; main need not wait for it to end.
      child.unref();
      child.stderr?.destroy();
      if (sizeBytes > 0) resolve({ sizeBytes, sectorSize });
      else reject(new ElevationError('there is no medium in the drive'));
    });
    child.on('error', (error) => reject(new ElevationError(error.message)));
    child.on('close', (code) => reject(refusalOf(code, words.trim())));
  });
}

function refusalOf(code: number | null, words: string): ElevationError {
  if (code === DISMISSED) return new ElevationError('the question for the password was dismissed', true);
  const refused = /^refused: (.*)$/m.exec(words);
  if (refused !== null) return new ElevationError(`the reading helper refused: ${refused[1]}`);
  if (/authentication agent/i.test(words))
    return new ElevationError('pkexec wants a password, and no polkit agent runs that could ask for it');
  if (code === NOT_AUTHORIZED) return new ElevationError('pkexec refused: not authorized');
  return new ElevationError(`the reading helper ended (${code}): ${words || 'it said nothing'}`);
}
