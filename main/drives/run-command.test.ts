/** The host's programs as they are run: what they print, how they end, and those that are not there. */

import { expect, test } from 'vitest';
import { outputOf, runCommand } from './run-command.ts';

const node = (script: string): [string, string[]] => [process.execPath, ['-e', script]];

test('gives the code with both streams, and no code for a program that is not there', async () => {
  expect(await runCommand(...node('console.log("out"); console.error("err"); process.exit(3)'))).toEqual({
    code: 3,
    output: 'out\nerr',
  });
  expect(await runCommand('/no/such/program', [])).toMatchObject({ code: null });
});

test('cuts a complaint that nobody reads to its end', async () => {
  const { output } = await runCommand(...node('console.log("x".repeat(100000))'));
  expect(output).toHaveLength(2000);
});

test('gives standard output of what succeeds, and null for what fails or takes too long', async () => {
  expect(await outputOf(...node('console.error("no"); console.log(" yes ")'))).toBe('yes');
  expect(await outputOf(...node('console.log("yes"); process.exit(1)'))).toBeNull();
  expect(await outputOf(...node('setTimeout(() => {}, 60000)'), 200)).toBeNull();
  expect(await outputOf('/no/such/program', [])).toBeNull();
});
