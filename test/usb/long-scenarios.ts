/** The scenarios that take too long for every test run: many removals, a very slow stick, several sticks, and keeping the host's hands off. */

import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { watchDrives } from '../../main/drives/media-list.ts';
import {
  airlock,
  DISK,
  ENDS_MS,
  endedCleanly,
  hasPartial,
  isCopyOf,
  NODE,
  NODE_APPEARS_MS,
  PACKAGED_RULE,
  PARTITION,
  person,
  plug,
  succeeded,
  target,
  UDISKS_RULE,
  underWay,
  withRule,
  yank,
} from './actions.ts';
import { IN_APP, removals } from './app-scenarios.ts';
import { GUARD } from './guard-scenario.ts';
import { asPerson, asRoot, withAgent } from './person.ts';
import { READERS } from './reader-scenarios.ts';
import { check, equal, eventually, filesBelow, isGone, isThere, type Scenario, sleep } from './scenario.ts';

/** At this speed a whole copy takes some 8 s. */
const YANK_SPEED = 2_000_000;

/** The app is pulled from so many times as often. */
const COMMAND_LINE_SHARE = 5;

const manyYanks: Scenario = {
  name: 'removals at random moments of a copy by the command line, which is given again each time: each ends cleanly, and every completed copy is exact',
  limitMs: 30 * 60_000,
  async run(stage) {
    const wanted = Math.ceil(stage.yanks / COMMAND_LINE_SHARE);
    const latencies: number[] = [];
    let folder = target('yanks');
    let completed = 0;
    // Copies that complete before their removal do not count, but all are not of that kind.
    for (let round = 0; latencies.length < wanted && round < 3 * wanted; round += 1) {
      chmodSync(DISK, 0o664);
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: YANK_SPEED });
      const copy = asPerson(NODE, airlock('cp', DISK, '/', folder, '--conflict', 'skip'));
      await eventually('the copy begins', ENDS_MS, () => copy.child.exitCode !== null || hasPartial(folder) || null);
      await Promise.race([sleep(Math.random() * stage.longestWaitMs), copy.finished]);
      const isRunning = copy.child.exitCode === null;
      const yankedMs = Date.now();
      await stage.line.order({ do: 'yank', stick: 'fat' });
      const result = await copy.finished;
      if (result.code === 0) {
        isCopyOf(stage, folder);
        completed += 1;
        folder = target('yanks');
      } else {
        check(isRunning, `the copy failed by itself: ${result.err}`);
        await endedCleanly({ ...stage, note: () => {} }, folder, copy, yankedMs);
        latencies.push(result.endedMs - yankedMs);
      }
      await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
      await plug(stage);
    }
    chmodSync(DISK, 0o664);
    succeeded(await person('cp', DISK, '/', folder, '--conflict', 'skip'), 'the last copy');
    isCopyOf(stage, folder);
    equal(latencies.length, wanted, 'removals');
    latencies.sort((a, b) => a - b);
    const middle = latencies[latencies.length >> 1];
    stage.note(`${latencies.length} removals, ${completed + 1} copies completed and compared`);
    stage.note(`from the removal to the end of the copy: median ${middle} ms, longest ${latencies.at(-1)} ms`);
  },
};

const slowStick: Scenario = {
  name: 'a stick of 100 KB/s holds nothing else up, and gives its files',
  async run(stage) {
    chmodSync(DISK, 0o664);
    await yank(stage);
    await plug(stage);
    chmodSync(DISK, 0o664);
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 100_000 });
    const folder = target('slow');
    const copy = asPerson(NODE, airlock('cp', DISK, '/hello.txt', '/deep', folder));
    const list = await person('drives');
    succeeded(list, 'drives');
    const copied = await copy.finished;
    succeeded(copied, 'cp');
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
    const rest = stage.expected
      .map(({ path }) => path)
      .filter((path) => path !== 'hello.txt' && !path.startsWith('deep'));
    isCopyOf(stage, folder, rest);
    stage.note(`two small files in ${copied.tookMs} ms; the list of drives meanwhile in ${list.tookMs} ms`);
  },
};

const takenOver: Scenario = {
  name: 'a stick that the host has mounted is taken over: unmounted, and not to be mounted while it is copied from',
  async run(stage) {
    await withRule(UDISKS_RULE, PACKAGED_RULE(), async () => {
      const mounted = await asPerson('udisksctl', ['mount', '--no-user-interaction', '-b', PARTITION]).finished;
      succeeded(mounted, 'udisksctl mount');
      const mounts = () => readFileSync('/proc/mounts', 'utf8');
      check(mounts().includes(PARTITION), 'the host has not mounted it');
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 2_000_000 });
      const folder = target('taken');
      const copy = asPerson(NODE, airlock('cp', DISK, '/', folder, '--take-over'));
      await underWay(folder, copy);
      check(!mounts().includes(PARTITION), 'the host still has it mounted');
      const again = await asPerson('udisksctl', ['mount', '--no-user-interaction', '-b', PARTITION]).finished;
      check(again.code !== 0, 'the host could mount it while it was copied from');
      stage.note(`mounting meanwhile: ${again.err.trim()}`);
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
      succeeded(await copy.finished, 'cp');
      isCopyOf(stage, folder);
    });
  },
};

const fourSticks: Scenario = {
  name: 'four sticks at once, two with the same serial number, are four drives and are copied from at the same time',
  async run(stage) {
    await yank(stage);
    const names = ['one', 'two', 'three', 'four'];
    const disks = ['sda', 'sdb', 'sdc', 'sdd'].map((name) => `/dev/${name}`);
    const list = await watchDrives();
    for (const stick of names) await stage.line.order({ do: 'plug', stick });
    for (const disk of disks) await eventually(`${disk} appears`, NODE_APPEARS_MS, isThere(`${disk}1`));
    await asRoot('udevadm', ['settle', '--timeout=30']).finished;
    await eventually(
      'all are listed',
      ENDS_MS,
      () => list.current().filter(({ bus }) => bus === 'USB').length === 4 || null,
    );
    const listed = list.current().map(({ name }) => name);
    list.close();
    equal(new Set(list.current().map(({ id }) => id)).size, list.current().length, 'different identifiers');
    for (const name of names) check(listed.includes(`Airlock Stick ${name}`), `${name} is not among ${listed}`);
    for (const disk of disks) chmodSync(disk, 0o664);
    const copies = disks.map((disk) => ({ folder: target(`four-${disk.slice(-1)}`), disk }));
    const results = await Promise.all(copies.map(({ disk, folder }) => person('cp', disk, '/', folder)));
    results.forEach((result, index) => {
      succeeded(result, copies[index].disk);
      isCopyOf(stage, copies[index].folder);
      rmSync(copies[index].folder, { recursive: true });
    });
    stage.note(`the slowest of four copies took ${Math.max(...results.map(({ tookMs }) => tookMs))} ms`);
    for (const stick of names) await stage.line.order({ do: 'yank', stick });
    for (const disk of disks) await eventually(`${disk} goes`, NODE_APPEARS_MS, () => (existsSync(disk) ? null : true));
    await plug(stage);
  },
};

const OPEN_DEVICE = 'org.freedesktop.udisks2.open-device';
/** Longer than D-Bus waits for an answer unless it is told otherwise (25 s). */
const SLOW_TYPIST_S = 32;

const passwords: Scenario = {
  name: 'a password may take its time; a dismissed question is the end, a refusal is told with every way that was tried',
  async run(stage) {
    await withAgent('grant', SLOW_TYPIST_S, async (questions) => {
      const folder = target('granted');
      const copy = await person('cp', DISK, '/hello.txt', folder);
      succeeded(copy, 'cp');
      equal(filesBelow(folder).length, 1, 'files copied');
      equal(questions().join(' '), OPEN_DEVICE, 'questions');
      stage.note(`granted after ${SLOW_TYPIST_S} s: copied after ${copy.tookMs} ms`);
    });
    await withAgent('dismiss', 0, async (questions) => {
      const copy = await person('cp', DISK, '/hello.txt', target('dismissed'));
      equal(copy.code, 1, 'exit code');
      check(/the question for the password was dismissed/.test(copy.err), copy.err);
      equal(questions().join(' '), OPEN_DEVICE, 'questions after a dismissal');
    });
    await withAgent('refuse', 0, async (questions) => {
      const copy = await person('cp', DISK, '/hello.txt', target('refused'));
      equal(copy.code, 1, 'exit code');
      check(/UDisks refused: not authorized; pkexec refused: not authorized/.test(copy.err), copy.err);
      equal(questions().join(' '), `${OPEN_DEVICE} org.freedesktop.policykit.exec`, 'questions after a refusal');
      stage.note(copy.err.trim().split('\n')[0]);
    });
  },
};

export const LONG: Scenario[] = [
  passwords,
  takenOver,
  GUARD,
  slowStick,
  fourSticks,
  ...IN_APP,
  ...READERS,
  manyYanks,
  removals,
];
