/** What the app itself does with sticks, asked and watched as its window asks and watches it. */

import { rmSync, statSync, writeFileSync } from 'node:fs';
import type { Job, Medium } from '../../main/contract.ts';
import {
  DISK,
  ENDS_MS,
  hasPartial,
  holdsOnlyWholeFiles,
  isCopyOf,
  letRead,
  NODE_APPEARS_MS,
  plug,
  target,
  WAYS,
  yank,
} from './actions.ts';
import { type App, withApp } from './app.ts';
import { measure, type NodeClock, nodeClock } from './latencies.ts';
import {
  check,
  equal,
  eventually,
  filesBelow,
  isGone,
  processesWith,
  type Scenario,
  type Stage,
  sleep,
} from './scenario.ts';

/** At this speed a whole copy takes some 8 s. */
const YANK_SPEED = 2_000_000;
/** The reading processes of the app: workers, and the helper with an administrator's rights. */
const READERS = ['kernel-worker/worker', 'airlock-read-device'];

const readers = () => READERS.flatMap(processesWith);
const noReaderIsLeft = () => eventually('no reading process is left', ENDS_MS, () => readers().length === 0 || null);

/** The copy has a file in work, or was done before. */
const isWriting = (app: App, job: Job, folder: string) => () => hasPartial(folder) || isOver(app, job) || null;

const isOver = (app: App, job: Job) => (app.job(job.id)?.finishedAtMs ?? null) !== null;

/** Waits for the app to mark it so and gives the moment. */
const isGoneSince = (app: App, medium: Medium): Promise<number> =>
  eventually('the medium is marked gone', ENDS_MS, () => app.toldMs(medium.id, 'gone'));

/** Pulls the stick out and checks what the app makes of it. Gives the copy's end. */
async function pull(stage: Stage, app: App, clock: NodeClock, medium: Medium, job: Job): Promise<Job> {
  const yankedMs = Date.now();
  const before = app.job(job.id);
  await stage.line.order({ do: 'yank', stick: 'fat' });
  await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
  const goneMs = await isGoneSince(app, medium);
  const wentMs = await eventually('the node was seen going', ENDS_MS, () => clock.went('sda'));
  measure('pulled out → the kernel takes the node away', wentMs - yankedMs);
  measure('the node goes → the app marks it gone', goneMs - wentMs);
  const ended = await app.ended(job.id);
  if (before?.finishedAtMs === null) measure('pulled out → the copy has ended', (ended.finishedAtMs ?? 0) - yankedMs);
  const askedMs = Date.now();
  const list = await app.request('media.list');
  measure('media.list after a removal', Date.now() - askedMs);
  equal(list.find(({ id }) => id === medium.id)?.state, 'gone', 'state');
  await noReaderIsLeft();
  return ended;
}

/** A copy that is gone on with until it is done. */
interface CopyRun {
  folder: string;
  job: Job;
  /** What was whole at the last removal: it is not to be copied again. */
  kept: Map<string, string>;
}

/** By what a file that was left alone is known: a copy makes a new one and renames it. */
const identities = (folder: string) =>
  new Map(
    filesBelow(folder).map((file) => {
      const { ino, ctimeNs } = statSync(`${folder}/${file}`, { bigint: true });
      return [file, `${ino} ${ctimeNs}`];
    }),
  );

function keptIsUntouched({ folder, kept }: CopyRun): void {
  const now = identities(folder);
  for (const [file, identity] of kept) equal(now.get(file), identity, `what ${file} is, which was whole already`);
}

/** Opens the stick and begins a copy, or goes on with one that is offered to be gone on with. */
async function openAndCopy(app: App, way: string, run: CopyRun | null): Promise<{ medium: Medium; run: CopyRun }> {
  const medium = await app.shown(DISK);
  if (way.startsWith('(a)')) letRead();
  const askedMs = Date.now();
  const { volume } = await app.open(medium);
  measure(`open, ${way}`, Date.now() - askedMs);
  if (run === null) {
    const folder = target('removed');
    return { medium, run: { folder, job: await app.copy(medium, volume, folder), kept: new Map() } };
  }
  const { id } = run.job;
  await eventually('going on is offered', ENDS_MS, () => app.job(id)?.canResume || null);
  await app.request('copy.resume', id);
  await eventually('the copy goes on', ENDS_MS, () => app.job(id)?.state !== 'interrupted' || null);
  return { medium, run };
}

/** The copy is done: exact, and without a second copy of what was whole. */
function completed(stage: Stage, run: CopyRun): void {
  isCopyOf(stage, run.folder);
  keptIsUntouched(run);
}

/** So many removals in the middle of copies; each copy is gone on with until it is done. */
async function removeOften(stage: Stage, app: App, way: string, wanted: number): Promise<string> {
  const clock = nodeClock();
  let run: CopyRun | null = null;
  const seen = { cut: 0, done: 0, kept: 0 };
  // A copy that is done before its removal does not count, but all are not of that kind.
  for (let round = 0; seen.cut < wanted && round < 3 * wanted; round += 1) {
    const begun: { medium: Medium; run: CopyRun } = await openAndCopy(app, way, run);
    run = begun.run;
    await eventually('the copy writes', ENDS_MS, isWriting(app, run.job, run.folder));
    await Promise.race([sleep(Math.random() * stage.longestWaitMs), app.ended(run.job.id)]);
    const ended = await pull(stage, app, clock, begun.medium, run.job);
    if (ended.state === 'done') {
      completed(stage, run);
      seen.done += 1;
      run = null;
    } else {
      equal(ended.state, 'interrupted', 'state of the copy');
      check(/pulled out/.test(ended.problem?.sentence ?? ''), `not told as removal: ${ended.problem?.sentence}`);
      holdsOnlyWholeFiles(stage, run.folder);
      keptIsUntouched(run);
      run.kept = identities(run.folder);
      seen.kept += run.kept.size;
      seen.cut += 1;
    }
    await plug(stage);
  }
  clock.close();
  equal(seen.cut, wanted, `removals, ${way}`);
  if (run !== null) {
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
    await openAndCopy(app, way, run);
    equal((await app.ended(run.job.id)).state, 'done', 'state of the last copy');
    completed(stage, run);
    seen.done += 1;
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: YANK_SPEED });
    await yank(stage);
    await noReaderIsLeft();
    await plug(stage);
  }
  return `${way}: ${seen.cut} removals in the middle of ${seen.done} copies, ${seen.kept} times a file was whole and kept`;
}

export const removals: Scenario = {
  name: 'removals at random moments of a copy in the app, over each way of opening: it answers, marks the stick gone, leaves neither process nor half file, and goes on when the stick is back',
  limitMs: 120 * 60_000,
  async run(stage) {
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: YANK_SPEED });
    await withApp(async (app) => {
      for (const [index, { name, during }] of WAYS.entries()) {
        const wanted = Math.floor((stage.yanks + index) / WAYS.length);
        await during(async () => stage.note(await removeOften(stage, app, name, wanted)));
      }
    });
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
  },
};

const FOUR = ['one', 'two', 'three', 'four'];
const FOUR_DISKS = ['/dev/sda', '/dev/sdb', '/dev/sdc', '/dev/sdd'];

const fourAtOnce: Scenario = {
  name: 'four sticks in the app: each is shown soon after its node, all are copied from at once, and one that is pulled disturbs no other',
  limitMs: 20 * 60_000,
  async run(stage) {
    await yank(stage);
    await withApp(async (app) => {
      const clock = nodeClock();
      const media: Medium[] = [];
      for (const [index, stick] of FOUR.entries()) {
        const disk = FOUR_DISKS[index];
        await plug(stage, stick, `${disk}1`);
        const medium = await app.shown(disk);
        media.push(medium);
        const cameMs = clock.came(disk.slice('/dev/'.length)) ?? 0;
        measure('the node comes → the app shows the stick', (app.toldMs(medium.id, 'present') ?? 0) - cameMs);
        letRead(disk);
      }
      clock.close();
      for (const stick of FOUR) await stage.line.order({ do: 'slow', stick, bytesPerSecond: YANK_SPEED });
      const copies = await Promise.all(
        media.map(async (medium) => {
          const { volume } = await app.open(medium);
          const folder = target(`four-${medium.location.slice(-1)}`);
          return { folder, job: await app.copy(medium, volume, folder) };
        }),
      );
      equal(readers().length, FOUR.length, 'reading processes');
      const [first, ...others] = copies;
      await eventually('the first copy writes', ENDS_MS, isWriting(app, first.job, first.folder));
      await stage.line.order({ do: 'yank', stick: FOUR[0] });
      equal((await app.ended(first.job.id)).state, 'interrupted', 'the copy from the stick that was pulled');
      holdsOnlyWholeFiles(stage, first.folder);
      const ends = await Promise.all(others.map(({ job }) => app.ended(job.id)));
      for (const [index, { folder }] of others.entries()) {
        equal(ends[index].state, 'done', `copy from ${FOUR_DISKS[index + 1]} (${ends[index].problem?.sentence})`);
        isCopyOf(stage, folder);
        rmSync(folder, { recursive: true });
      }
      const took = ends.map(({ startedAtMs, finishedAtMs }) => (finishedAtMs ?? 0) - startedAtMs);
      stage.note(`three copies at once took ${Math.max(...took)} ms at most`);
    });
    for (const stick of FOUR.slice(1)) await stage.line.order({ do: 'yank', stick });
    for (const stick of FOUR) await stage.line.order({ do: 'slow', stick, bytesPerSecond: 0 });
    for (const disk of FOUR_DISKS) await eventually(`${disk} goes`, NODE_APPEARS_MS, isGone(disk));
    await plug(stage);
  },
};

/** Asks again and again until `end`; gives how long it took at most. */
async function slowestAnswer(end: () => boolean, ask: () => Promise<unknown>): Promise<number> {
  let slowest = 0;
  while (!end()) {
    const askedMs = Date.now();
    await ask();
    slowest = Math.max(slowest, measure('an answer beside a slow or hanging stick', Date.now() - askedMs));
    await sleep(100);
  }
  return slowest;
}

/** What somebody does meanwhile: looks at the list, and into a folder of another stick. */
async function lookAround(app: App, other: Medium, volume: number): Promise<void> {
  await app.request('media.list');
  const { listing } = await app.request('folder.open', other.id, volume, '/many');
  const page = await app.request('folder.read', listing, 100);
  equal(page.entries.length, 20, 'entries in the folder of another stick');
  await app.request('folder.close', listing);
}

/** 'fat' as /dev/sda, and 'one' as /dev/sdb, which stays fast. */
async function besideAnother(stage: Stage, run: (app: App, fat: Medium, one: Medium) => Promise<void>): Promise<void> {
  await plug(stage, 'one', '/dev/sdb1');
  await withApp(async (app) => {
    for (const disk of [DISK, '/dev/sdb']) letRead(disk);
    await run(app, await app.shown(DISK), await app.shown('/dev/sdb'));
  });
  await yank(stage, 'one', '/dev/sdb');
}

const slowInApp: Scenario = {
  name: 'beside a stick of 100 KB/s the app answers, and copies from another stick; a copy from the slow one can be cancelled',
  limitMs: 10 * 60_000,
  async run(stage) {
    await besideAnother(stage, async (app, fat, one) => {
      const { volume } = await app.open(fat);
      const other = await app.open(one);
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 100_000 });
      const slowFolder = target('slow-app');
      const slow = await app.copy(fat, volume, slowFolder);
      await eventually('the slow copy writes', ENDS_MS, isWriting(app, slow, slowFolder));
      const folder = target('beside');
      const fast = await app.copy(one, other.volume, folder);
      const slowest = await slowestAnswer(
        () => isOver(app, fast),
        () => lookAround(app, one, other.volume),
      );
      equal(app.job(fast.id)?.state, 'done', 'state of the other copy');
      isCopyOf(stage, folder);
      equal(app.job(slow.id)?.finishedAtMs, null, 'the end of the slow copy');
      const askedMs = Date.now();
      await app.request('copy.cancel', slow.id);
      equal((await app.ended(slow.id)).state, 'cancelled', 'state of the slow copy');
      stage.note(`the slowest answer meanwhile ${slowest} ms; cancelled within ${Date.now() - askedMs} ms`);
      holdsOnlyWholeFiles(stage, slowFolder);
    });
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
    await yank(stage);
    await plug(stage);
  },
};

/** A byte a second: the next request of a page is answered in an hour. */
const HANGS = 1;
/** The kernel gives a request up after 30 s and resets the stick; here it is to hang for longer than anybody waits. */
const KERNEL_TIMEOUT_S = '3600';

const hanging: Scenario = {
  name: 'a stick that hangs in the middle of a copy is told as one that does not answer, its worker is ended, and others go on',
  limitMs: 10 * 60_000,
  async run(stage) {
    await besideAnother(stage, async (app, fat, one) => {
      writeFileSync('/sys/block/sda/device/timeout', KERNEL_TIMEOUT_S);
      const { volume } = await app.open(fat);
      const other = await app.open(one);
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: YANK_SPEED });
      await stage.line.order({ do: 'slow', stick: 'one', bytesPerSecond: YANK_SPEED });
      const hangFolder = target('hangs');
      const hangs = await app.copy(fat, volume, hangFolder);
      await eventually('the copy writes', ENDS_MS, isWriting(app, hangs, hangFolder));
      await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: HANGS });
      const hungMs = Date.now();
      const folder = target('beside');
      const goesOn = await app.copy(one, other.volume, folder);
      const isTold = () => app.medium(fat.id)?.state === 'failed' && isOver(app, hangs);
      const slowest = await slowestAnswer(
        () => isTold() || Date.now() > hungMs + ENDS_MS,
        () => lookAround(app, one, other.volume),
      );
      stage.note(`told after ${Date.now() - hungMs} ms; the slowest answer meanwhile ${slowest} ms`);
      const problem = app.medium(fat.id)?.problem?.sentence ?? '';
      check(/does not answer/.test(problem), `told as: ${app.medium(fat.id)?.state} ${problem}`);
      const ended = app.job(hangs.id);
      equal(ended?.state, 'interrupted', 'state of the copy');
      stage.note(`the copy: ${ended?.problem?.sentence}`);
      equal((await app.ended(goesOn.id)).state, 'done', 'the other copy');
      isCopyOf(stage, folder);
      await eventually('one worker is left', ENDS_MS, () => readers().length === 1 || null);
      await stage.line.order({ do: 'yank', stick: 'fat' });
      await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
      holdsOnlyWholeFiles(stage, hangFolder);
    });
    for (const stick of ['fat', 'one']) await stage.line.order({ do: 'slow', stick, bytesPerSecond: 0 });
    await eventually('the other stick has gone', NODE_APPEARS_MS, isGone('/dev/sdb'));
    await plug(stage);
  },
};

export const IN_APP: Scenario[] = [slowInApp, hanging, fourAtOnce];
