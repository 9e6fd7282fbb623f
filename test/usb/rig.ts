/**
 * `npm run test:usb`: real USB mass storage in an emulated guest. `rig.ts short` is what `npm test` runs: there, a guest that cannot be had is no failure, each
 * of its scenarios is counted as skipped. Ends with 'N passed, N failed, N skipped'.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, inCache, inRun } from './cache.ts';
import type { Counts } from './line.ts';
import { type Outcome, runGuest } from './machine.ts';
import { missing, prepare, projectFolder } from './prepare.ts';
import type { ReaderDescription } from './reader.ts';
import type { Brief, Plan } from './scenario.ts';
import type { StickDescription } from './stick.ts';
import { suiteOf } from './suites.ts';
import { makeTestStick } from './test-stick.ts';

const suite = process.argv[2] ?? 'full';
const isShort = suite === 'short';
const MINUTE_MS = 60_000;
/** The short form holds up every test run, on slow computers too; the long form takes what it takes. */
const PLAN: Plan = isShort
  ? { yanks: 3, longestWaitMs: 2000, tries: 2, budgetMs: 3.5 * MINUTE_MS }
  : { yanks: Number(process.env.AIRLOCK_YANKS) || 50, longestWaitMs: 8000, tries: 1, budgetMs: 170 * MINUTE_MS };
/** Booting takes 7 s on an idle computer. */
const BOOT_TIMEOUT_MS = (isShort ? 2.5 : 10) * MINUTE_MS;
const TIMEOUT_MS = isShort ? 6 * MINUTE_MS : 180 * MINUTE_MS;
/** What the built program loads from node_modules. */
const NATIVES = ['koffi', '@koromix', 'drivelist', 'bindings', 'file-uri-to-path', 'usb', '@node-usb'];

const say = (text: string) => process.stdout.write(`${text}\n`);

/** What is tested must not change while it is tested, and the guest's person must be able to read it. */
function snapshot(): string {
  const from = projectFolder();
  const to = inRun('project');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of ['dist', 'assets', 'package.json', 'test/usb/guest-init.sh', 'test/usb/agent.py'])
    cpSync(join(from, name), join(to, name), { recursive: true });
  for (const name of NATIVES) {
    const path = join('node_modules', name);
    if (existsSync(join(from, path))) cpSync(join(from, path), join(to, path), { recursive: true });
  }
  return to;
}

/** What runs left behind that were ended from outside. */
function sweep(): void {
  if (!existsSync(CACHE)) return;
  for (const name of readdirSync(CACHE)) {
    const pid = /^run-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(inCache(name), { recursive: true, force: true });
  }
}

/** What the long form has plugged in beside 'fat': four sticks, one that speaks UAS, and card readers of four slots and of one. */
function others(image: string, cardB: string): { sticks: StickDescription[]; readers: ReaderDescription[] } {
  const copyOf = (name: string) => {
    const path = inRun(`${name}.img`);
    cpSync(image, path);
    return path;
  };
  // Two of the four have the same serial number.
  const four = ['one', 'two', 'three', 'four'].map((name) => ({
    name,
    image: copyOf(name),
    product: `Stick ${name}`,
    serial: name === 'four' ? 'AIRLOCK-three' : `AIRLOCK-${name}`,
  }));
  const uas: StickDescription = { name: 'uas', image: copyOf('uas'), product: 'Fast stick', protocol: 'uas' };
  const cards = { a: copyOf('card-a'), b: cardB };
  const readers = [
    { name: 'reader', slots: 4, cards },
    { name: 'slot', slots: 1, cards },
  ];
  return { sticks: [...four, uas], readers };
}

/** A stage for the guest, and the guest on it. Throws where it cannot be set. */
async function run(): Promise<Outcome> {
  const why = missing();
  if (why !== null) throw new Error(why);
  sweep();
  prepare(say);
  const project = snapshot();
  const { image, ...known } = makeTestStick(inRun('fat.img'));
  const cardB = makeTestStick(inRun('card-b.img'));
  const brief: Brief = { ...known, ...PLAN, onCardB: cardB.expected };
  writeFileSync(join(project, 'stick.json'), JSON.stringify(brief));
  const { sticks, readers } = isShort ? { sticks: [], readers: [] } : others(image, cardB.image);
  const all = [{ name: 'fat', image }, ...sticks];
  return runGuest({
    sticks: all,
    readers,
    project,
    scenarios: suite,
    bootTimeoutMs: BOOT_TIMEOUT_MS,
    timeoutMs: TIMEOUT_MS,
    say,
  });
}

/** What did not run for the guest's sake: skipped in the short form, a failure where the guest itself was asked for. */
function settled({ counts, left, problem }: Outcome): Counts {
  if (problem === null) return counts;
  const lost = left ?? suiteOf(suite).length;
  say(`${isShort ? 'SKIPPED' : 'FAIL'} ${lost} of the USB rig's scenarios: ${problem}`);
  return isShort
    ? { ...counts, skipped: counts.skipped + lost }
    : { ...counts, failed: counts.failed + 1, skipped: counts.skipped + lost };
}

// By 'exit', the guest is ended too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
let outcome: Outcome;
try {
  outcome = await run();
} catch (error) {
  const problem = error instanceof Error ? error.message : String(error);
  outcome = { counts: { passed: 0, failed: 0, skipped: 0 }, left: null, problem };
}
rmSync(inRun(), { recursive: true, force: true });
const counts = settled(outcome);
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
