/** Card readers, sticks without a medium, sticks that come back under another letter, and UAS. */

import { closeSync, existsSync, openSync, readFileSync, realpathSync } from 'node:fs';
import type { Medium } from '../../main/contract.ts';
import {
  airlock,
  DISK,
  ENDS_MS,
  endedCleanly,
  isCopyOf,
  letRead,
  NODE,
  NODE_APPEARS_MS,
  person,
  plug,
  settled,
  succeeded,
  target,
  underWay,
  yank,
} from './actions.ts';
import { type App, withApp } from './app.ts';
import { measure } from './latencies.ts';
import { asPerson } from './person.ts';
import { check, equal, eventually, isGone, isThere, processesWith, type Scenario, type Stage } from './scenario.ts';

const SLOTS = ['sda', 'sdb', 'sdc', 'sdd'];

/** The kernel asks all slots at once and names them as they answer. */
function diskOfSlot(slot: number): string {
  const model = (disk: string) => readFileSync(`/sys/block/${disk}/device/model`, 'utf8').trim();
  const disk = SLOTS.find((each) => model(each) === `Reader slot ${slot}`);
  check(disk !== undefined, `there is no slot ${slot}`);
  return disk;
}

const sizeOf = (disk: string) => Number(readFileSync(`/sys/block/${disk}/size`, 'utf8'));

/** What the window shows that can be opened. */
const ready = (app: App) =>
  app.media.filter(
    ({ location, state, hasMedium }) => SLOTS.includes(location.slice(5)) && state === 'present' && hasMedium,
  );

async function onlyOneIsReady(app: App, disk: string): Promise<Medium> {
  const medium = await eventually(`only ${disk} is ready`, ENDS_MS, () => {
    const media = ready(app);
    return media.length === 1 && media[0].location === disk ? media[0] : null;
  });
  return medium;
}

async function copyAll(stage: Stage, app: App, medium: Medium, name: string): Promise<void> {
  letRead(medium.location);
  const { volume } = await app.open(medium);
  const folder = target(name);
  const job = await app.ended((await app.copy(medium, volume, folder)).id);
  equal(job.state, 'done', `copy from ${medium.location} (${job.problem?.sentence})`);
  isCopyOf(stage, folder);
}

const cardSwap: Scenario = {
  name: 'a card reader of four slots: only cards are shown, a swapped card is another medium with its own content, an empty slot harms nothing',
  limitMs: 10 * 60_000,
  async run(stage) {
    await yank(stage);
    await withApp(async (app) => {
      await stage.line.order({ do: 'plug', stick: 'reader' });
      for (const disk of SLOTS) await eventually(`${disk} appears`, NODE_APPEARS_MS, isThere(`/dev/${disk}`));
      await settled();
      equal(ready(app).length, 0, 'media shown while every slot is empty');
      const [, two, three, four] = [0, 1, 2, 3].map(diskOfSlot);
      letRead(`/dev/${three}`);
      const empty = await person('cp', `/dev/${three}`, '/', target('empty'));
      check(empty.code === 1 && empty.err.trim() !== '', `a copy from an empty slot: ${empty.code} ${empty.err}`);
      stage.note(`an empty slot: ${empty.err.trim().split('\n')[0]}`);

      await stage.line.order({ do: 'insert', stick: 'reader', slot: 1, card: 'a' });
      await eventually('the kernel sees the card', NODE_APPEARS_MS, () => sizeOf(two) > 0 || null);
      const seenMs = Date.now();
      const first = await onlyOneIsReady(app, `/dev/${two}`);
      measure('the kernel sees a card → the app shows it', (app.toldMs(first.id, 'present') ?? 0) - seenMs);
      await copyAll(stage, app, first, 'card-a');

      await stage.line.order({ do: 'insert', stick: 'reader', slot: 1, card: 'b' });
      const second = await eventually('the other card is another medium', ENDS_MS, () => {
        const found = ready(app).find(({ location, id }) => location === `/dev/${two}` && id !== first.id);
        return found ?? null;
      });
      await eventually('the worker of the first card is ended', ENDS_MS, () => noWorker() || null);
      await copyAll({ ...stage, expected: stage.onCardB }, app, second, 'card-b');

      await stage.line.order({ do: 'remove', stick: 'reader', slot: 1 });
      await eventually('the kernel sees the empty slot', NODE_APPEARS_MS, () => sizeOf(two) === 0 || null);
      const outMs = Date.now();
      const goneMs = await eventually('the card is marked gone', ENDS_MS, () => app.toldMs(second.id, 'gone'));
      measure('the kernel misses a card → the app marks it gone', goneMs - outMs);
      await eventually('the worker of the second card is ended', ENDS_MS, () => noWorker() || null);

      await stage.line.order({ do: 'insert', stick: 'reader', slot: 3, card: 'a' });
      const third = await onlyOneIsReady(app, `/dev/${four}`);
      await copyAll(stage, app, third, 'card-again');
      await stage.line.order({ do: 'yank', stick: 'reader' });
      await eventually('the reader is gone', ENDS_MS, () => app.toldMs(third.id, 'gone'));
    });
    for (const disk of SLOTS) await eventually(`${disk} goes`, NODE_APPEARS_MS, isGone(`/dev/${disk}`));
    await plug(stage);
  },
};

const noWorker = () => processesWith('kernel-worker/worker').length === 0;

const otherLetter: Scenario = {
  name: 'a stick that comes back under another letter is opened there, and what was opened under the first is gone',
  limitMs: 10 * 60_000,
  async run(stage) {
    await withApp(async (app) => {
      letRead();
      const first = await app.shown(DISK);
      await app.open(first);
      // As long as somebody has the old node open, the kernel gives its letter to nobody else.
      const holder = openSync(DISK, 'r');
      try {
        await yank(stage);
        await eventually('the first is gone', ENDS_MS, () => app.toldMs(first.id, 'gone'));
        await plug(stage, 'fat', '/dev/sdb1');
        check(!existsSync(DISK), `${DISK} is there again`);
        await copyAll(stage, app, await app.shown('/dev/sdb'), 'letter');
      } finally {
        closeSync(holder);
      }
      await yank(stage, 'fat', '/dev/sdb');
      await plug(stage);
      await copyAll(stage, app, await app.shown(DISK), 'letter-back');
    });
  },
};

const uas: Scenario = {
  name: 'a stick that speaks UAS is copied from, and pulled in the middle of a copy like any other',
  async run(stage) {
    await yank(stage);
    await plug(stage, 'uas');
    check(isBoundToUas(), 'the kernel does not speak UAS with it');
    letRead();
    const folder = target('uas');
    const whole = await person('cp', DISK, '/', folder);
    succeeded(whole, 'cp');
    isCopyOf(stage, folder);
    await yank(stage, 'uas');
    await stage.line.order({ do: 'slow', stick: 'uas', bytesPerSecond: 2_000_000 });
    await plug(stage, 'uas');
    letRead();
    const cut = target('uas-cut');
    const copy = asPerson(NODE, airlock('cp', DISK, '/', cut));
    await underWay(cut, copy);
    const yankedMs = Date.now();
    await stage.line.order({ do: 'yank', stick: 'uas' });
    await endedCleanly(stage, cut, copy, yankedMs);
    await stage.line.order({ do: 'slow', stick: 'uas', bytesPerSecond: 0 });
    await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
    await plug(stage);
    stage.note(`a whole copy took ${whole.tookMs} ms`);
  },
};

/** The path of the disk in sysfs goes through its USB interface. */
function isBoundToUas(): boolean {
  const disk = realpathSync('/sys/block/sda/device');
  return realpathSync(`${disk}/../../../driver`).endsWith('/uas');
}

const withoutMedium: Scenario = {
  name: 'a drive without a medium is not offered, is told as one without a medium, and is there when a card comes',
  async run(stage) {
    await yank(stage);
    await withApp(async (app) => {
      await stage.line.order({ do: 'plug', stick: 'slot' });
      await eventually(`${DISK} appears`, NODE_APPEARS_MS, isThere(DISK));
      await settled();
      letRead();
      const copy = await person('cp', DISK, '/', target('nothing'));
      equal(copy.code, 1, 'exit code');
      check(/no medium/i.test(copy.err), `told as: ${copy.err}`);
      equal(ready(app).length, 0, 'media that are offered');
      await stage.line.order({ do: 'insert', stick: 'slot', slot: 0, card: 'b' });
      const medium = await onlyOneIsReady(app, DISK);
      await copyAll({ ...stage, expected: stage.onCardB }, app, medium, 'slot');
      await stage.line.order({ do: 'remove', stick: 'slot', slot: 0 });
      await eventually('the card is marked gone', ENDS_MS, () => app.toldMs(medium.id, 'gone'));
    });
    await stage.line.order({ do: 'yank', stick: 'slot' });
    await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
    await plug(stage);
  },
};

export const READERS: Scenario[] = [withoutMedium, cardSwap, otherLetter, uas];
