/** What scenarios do again and again: sticks in and out, the command line as the person in the session, copies compared, polkit's rules. */

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { asPerson, asRoot, type Finished, PERSON, type Running } from './person.ts';
import { check, equal, eventually, filesBelow, isGone, isThere, processesWith, type Stage, sleep } from './scenario.ts';

export const NODE = process.execPath;
const AIRLOCK = '/airlock/dist/bin/airlock.js';
export const DISK = '/dev/sda';
export const PARTITION = '/dev/sda1';
const RULES = '/etc/polkit-1/rules.d';
export const UDISKS_RULE = `${RULES}/60-airlock.rules`;
export const HELPER_RULE = `${RULES}/50-test-helper.rules`;
/** Generous: under emulation on a busy computer everything takes many times as long. */
export const NODE_APPEARS_MS = 120_000;
export const ENDS_MS = 120_000;

export const airlock = (...args: string[]) => [AIRLOCK, ...args];

export const person = (...args: string[]) => asPerson(NODE, airlock(...args)).finished;
export const root = (...args: string[]) => asRoot(NODE, airlock(...args)).finished;

/** udevd has worked off everything that it knows of. */
export const settled = () => asRoot('udevadm', ['settle', '--timeout=60']).finished;

export async function plug(stage: Pick<Stage, 'line'>, stick = 'fat', node = PARTITION): Promise<void> {
  await stage.line.order({ do: 'plug', stick });
  await eventually(`${node} appears`, NODE_APPEARS_MS, isThere(node));
  await settled();
}

export async function yank(stage: Pick<Stage, 'line'>, stick = 'fat', node = DISK): Promise<void> {
  await stage.line.order({ do: 'yank', stick });
  await eventually(`${node} goes`, NODE_APPEARS_MS, isGone(node));
}

/** Whoever is in the session may read the stick's node. */
export const letRead = (disk = DISK) => chmodSync(disk, 0o664);

/** As the next scenario expects it, after one has failed somewhere in its middle. */
export async function restore(stage: Pick<Stage, 'line'>, bare: boolean): Promise<void> {
  for (const { pid } of processesWith('/airlock/dist/')) process.kill(pid, 'SIGKILL');
  for (const rule of [UDISKS_RULE, HELPER_RULE]) rmSync(rule, { force: true });
  await rulesTake();
  await stage.line.order({ do: 'reset' });
  const disks = () => readdirSync('/dev').filter((name) => /^sd[a-z]/.test(name));
  await eventually('every stick goes', NODE_APPEARS_MS, () => disks().length === 0 || null);
  await settled();
  if (!bare) await plug(stage);
}

/** A new folder of the person's own. */
export function target(name: string): string {
  const folder = `/tmp/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  return folder;
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Every file is there, whole, and nothing else is. */
export function isCopyOf(stage: Stage, folder: string, without: string[] = []): void {
  const wanted = stage.expected.filter(({ path }) => !without.includes(path));
  const found = filesBelow(folder).filter((path) => !path.endsWith('.json'));
  const names = wanted.map(({ path }) => found.find((file) => file.endsWith(path)) ?? `${path} is missing`).sort();
  equal(found.join(' '), names.join(' '), 'the files copied');
  for (const each of wanted) {
    const file = found.find((name) => name.endsWith(each.path)) ?? '';
    equal(sha256(`${folder}/${file}`), each.sha256, `SHA-256 of ${each.path}`);
  }
}

/** Of what a copy left: no partial file, and every file under its final name is whole. Gives how many there are. */
export function holdsOnlyWholeFiles(stage: Stage, folder: string): number {
  const files = filesBelow(folder);
  equal(files.filter((file) => file.includes('.airlock-partial-')).join(' '), '', 'partial files');
  const there = stage.expected.flatMap(({ path, sha256: wanted }) => {
    const file = files.find((name) => name.endsWith(path));
    return file === undefined ? [] : [{ path, file, wanted }];
  });
  for (const { path, file, wanted } of there)
    equal(sha256(`${folder}/${file}`), wanted, `${path} has its name but not its content`);
  return there.length;
}

export function succeeded(result: Finished, what: string): void {
  check(result.code === 0, `${what}: exit code ${result.code ?? result.signal}: ${result.err || result.out}`);
}

/** Waits until a copy has written something, which is then known to be under way. */
export function underWay(folder: string, copy: Running): Promise<boolean> {
  return eventually('the copy begins', ENDS_MS, () => {
    check(copy.child.exitCode === null, 'the copy ended before the stick was pulled');
    return hasPartial(folder) || null;
  });
}

export const hasPartial = (folder: string) => filesBelow(folder).some((file) => file.includes('.airlock-partial-'));

/** After a yank: one error, an exit code, no half file under a final name, no process left. */
export async function endedCleanly(stage: Stage, folder: string, copy: Running, yankedMs: number): Promise<Finished> {
  const result = await Promise.race([copy.finished, sleep(ENDS_MS).then(() => null)]);
  check(result !== null, 'the copy does not end');
  stage.note(`ended ${Date.now() - yankedMs} ms after the yank: ${result.err.trim().split('\n')[0]}`);
  equal(result.code, 1, 'exit code');
  equal(result.err.trim().split('\n').length, 1, `lines of error in ${JSON.stringify(result.err)}`);
  check(/pulled out/.test(result.err), `not told as removal: ${result.err}`);
  holdsOnlyWholeFiles(stage, folder);
  await eventually('every process ends', ENDS_MS, () => processesWith('/airlock/dist/').length === 0 || null);
  return result;
}

/** While `run` runs, polkit has this rule. */
export async function withRule(file: string, text: string, run: () => Promise<void>): Promise<void> {
  writeFileSync(file, text, { mode: 0o644 });
  await rulesTake();
  try {
    await run();
  } finally {
    rmSync(file, { force: true });
    await rulesTake();
  }
}

const MARK = `${RULES}/90-test-mark.rules`;
const MARKED_ACTION = 'org.freedesktop.udisks2.rescan';
let lastMark = 0;

/** polkitd notices changed rules by itself, a moment later, and reads all of them again: when it knows the newest, it knows the others. */
async function rulesTake(): Promise<void> {
  lastMark += 1;
  const rule = `polkit.addRule(function (action) {
  if (action.id === '${MARKED_ACTION}' && action.lookup('mark') === '${lastMark}') return polkit.Result.YES;
});
`;
  writeFileSync(MARK, rule, { mode: 0o644 });
  const ask = ['--action-id', MARKED_ACTION, '--process', String(process.pid), '--detail', 'mark', String(lastMark)];
  const end = Date.now() + ENDS_MS;
  while ((await asRoot('pkcheck', ask).finished).code !== 0) {
    check(Date.now() < end, 'polkitd does not take changed rules');
    await sleep(100);
  }
}

export const PACKAGED_RULE = () => readFileSync('/airlock/assets/60-airlock.rules', 'utf8');
/** Stands for an administrator who types the password that pkexec asks for. */
export const TEST_HELPER_RULE = `polkit.addRule(function (action, subject) {
  if (action.id === 'org.freedesktop.policykit.exec' && subject.user === '${PERSON.name}') return polkit.Result.YES;
});
`;

/** The three ways to a stick's bytes for who has no rights, each set up while `run` runs. */
export const WAYS: Array<{ name: string; during(run: () => Promise<void>): Promise<void> }> = [
  { name: '(a) the node as it is', during: async (run) => run() },
  { name: '(b) a descriptor from UDisks', during: (run) => withRule(UDISKS_RULE, PACKAGED_RULE(), run) },
  { name: '(c) the reading helper', during: (run) => withRule(HELPER_RULE, TEST_HELPER_RULE, run) },
];
