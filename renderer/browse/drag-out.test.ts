/** Dragging out of the window: copied first, handed to the desktop only while the button is held. */

import { beforeEach, expect, it } from 'vitest';
import type { Bridge } from '../../main/contract.ts';
import { DragOut, type DragSource, watchRelease } from './drag-out.ts';

const source: DragSource = { mediumId: 'm', volume: 0, paths: ['/a', '/b'] };
let asked: unknown[] = [];
let told = 0;
let prepare: () => Promise<{ paths: string[] }>;
let drag: DragOut;

beforeEach(() => {
  [asked, told] = [[], 0];
  prepare = async () => ({ paths: ['/drag/a', '/drag/b'] });
  const request = async (name: string, ...args: unknown[]) => {
    asked.push([name, ...args]);
    return name === 'copy.prepareDrag' ? prepare() : null;
  };
  drag = new DragOut({
    bridge: { request } as unknown as Bridge,
    attempt: (work) => work.catch(() => null),
    tellReady: () => {
      told += 1;
    },
  });
});

const prepared = ['copy.prepareDrag', 'm', 0, ['/a', '/b']];
const dragged = ['host.dragOut', ['/drag/a', '/drag/b']];

it('copies first and then hands the copies to the desktop', async () => {
  await drag.start(source, () => false);
  expect(asked).toEqual([prepared, dragged]);
  expect(told).toBe(0);
});

it('keeps what was let go of too early for the next drag of the same, once', async () => {
  await drag.start(source, () => true);
  expect([asked, told]).toEqual([[prepared], 1]);
  await drag.start(source, () => false);
  expect(asked).toEqual([prepared, dragged]);
  await drag.start(source, () => false);
  expect(asked).toEqual([prepared, dragged, prepared, dragged]);
});

it('does not give one selection for another', async () => {
  await drag.start(source, () => true);
  await drag.start({ ...source, paths: ['/c'] }, () => false);
  expect(asked[1]).toEqual(['copy.prepareDrag', 'm', 0, ['/c']]);
});

it('drags nothing that could not be copied, and can be tried again', async () => {
  prepare = () => Promise.reject(new Error('unreadable'));
  await drag.start(source, () => false);
  await drag.start(source, () => false);
  expect(asked).toEqual([prepared, prepared]);
  expect(told).toBe(0);
});

it('prepares one thing at a time', async () => {
  await Promise.all([drag.start(source, () => false), drag.start({ ...source, paths: ['/c'] }, () => false)]);
  expect(asked).toEqual([prepared, dragged]);
});

it('sees the button let go of', () => {
  const target = new EventTarget();
  const [first, second] = [watchRelease(target), watchRelease(target)];
  expect([first(), second()]).toEqual([false, false]);
  target.dispatchEvent(new Event('pointerup'));
  expect([first(), second(), watchRelease(target)()]).toEqual([true, true, false]);
});
