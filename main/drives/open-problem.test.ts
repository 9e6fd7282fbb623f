/** What is said when a device cannot be opened. */

import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { openProblem } from './open-problem.ts';

const failure = (errno: 'EACCES' | 'EBUSY' | 'ENXIO' | 'EIO') => ({ errno, kind: 'request' as const, message: 'why' });

test('names the command that helps, for each host', async () => {
  const { username } = userInfo();
  expect((await openProblem(failure('EACCES'), '/dev/sdb', 'linux')).sentence).toContain(
    `sudo setfacl -m u:${username}:r /dev/sdb`,
  );
  expect((await openProblem(failure('EACCES'), '/dev/rdisk4', 'darwin')).sentence).toContain(
    `sudo chown ${username} /dev/rdisk4`,
  );
  expect((await openProblem(failure('EACCES'), 'x', 'win32')).sentence).toContain('as administrator');
});

test('tells busy from empty from broken', async () => {
  expect((await openProblem(failure('EBUSY'), '/dev/sdb', 'linux')).sentence).toContain('Another program');
  expect((await openProblem(failure('ENXIO'), '/dev/sdb', 'linux')).sentence).toContain('no medium');
  expect(await openProblem(failure('EIO'), '/dev/sdb', 'linux')).toEqual({
    sentence: 'The device cannot be opened: why.',
    detail: 'EIO: why',
    canRestart: true,
  });
});
