/** How Windows is asked for the reading helper, and what is told of its answers; the helper itself has not been run. */

import { expect, test } from 'vitest';
import { startCommand, startWin32Reader, type Win32ReaderOptions } from './win32-elevated-reader.ts';

const DEVICE = '\\\\.\\PhysicalDrive2';
const GEOMETRY = { sizeBytes: 4096, sectorSize: 512 };

function windows(code: number | null, pipesOf: (name: string) => string[]) {
  const commands: string[] = [];
  const options: Win32ReaderOptions = {
    script: 'C:\\Program Files\\Airlock\\airlock-read-device.ps1',
    run: async (_, args) => {
      commands.push(args.at(-1) ?? '');
      return { code, output: 'no' };
    },
    pipes: () => pipesOf(/airlock-[0-9a-f]{32}/.exec(commands[0])?.[0] ?? ''),
    readyWithinMs: 0,
  };
  return { commands, options };
}

test('tells the worker the pipes when both are there, by a name that nobody can guess', async () => {
  const { commands, options } = windows(0, (name) => ['lsass', `${name}-request`, `${name}-answer`]);
  const source = await startWin32Reader(DEVICE, GEOMETRY, options);
  const name = /-Pipes `"(airlock-[0-9a-f]{32})`"/.exec(commands[0])?.[1];
  expect(source).toEqual({
    kind: 'helper',
    requestPath: `\\\\.\\pipe\\${name}-request`,
    answerPath: `\\\\.\\pipe\\${name}-answer`,
    ...GEOMETRY,
  });
  const again = windows(0, (other) => [`${other}-request`, `${other}-answer`]);
  await startWin32Reader(DEVICE, GEOMETRY, again.options);
  expect(again.commands[0]).not.toContain(String(name));
});

test('a no is final, a failure and a helper that never answers are told', async () => {
  const no = windows(1223, () => []);
  await expect(startWin32Reader(DEVICE, GEOMETRY, no.options)).rejects.toMatchObject({ dismissed: true });
  const failing = windows(1, () => []);
  await expect(startWin32Reader(DEVICE, GEOMETRY, failing.options)).rejects.toThrow('could not be started: no');
  const silent = windows(0, (name) => [`${name}-request`]);
  await expect(startWin32Reader(DEVICE, GEOMETRY, silent.options)).rejects.toThrow('it is no removable disk');
});

test('the line that PowerShell gets keeps its parts together where the path has blanks', () => {
  expect(startCommand('C:\\My Apps\\r.ps1', DEVICE, 'airlock-0')).toContain(
    '-ArgumentList "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"C:\\My Apps\\r.ps1`" -Device `"\\\\.\\PhysicalDrive2`" -Pipes `"airlock-0`" -User `"$user`""',
  );
  expect(startCommand('C:\\$home\\r.ps1', DEVICE, 'airlock-0')).toContain('-File `"C:\\`$home\\r.ps1`"');
});
