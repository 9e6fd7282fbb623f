/** Notifications: what is told, when, and with which words. */

import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import type { ImageJob, Job, Medium } from '../contract.ts';
import { Notices, type NotificationClass, plainName } from './notices.ts';

let told: Array<{ title?: string; body?: string; emit(name: string): void }> = [];
let isInFront = false;
let tellsPlugged = true;
let shown: Array<string | null> = [];
let supported = true;

class FakeNotification extends EventEmitter {
  static isSupported = () => supported;
  private readonly options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show() {
    told.push({ title: this.options.title, body: this.options.body, emit: (name) => void this.emit(name) });
  }
}

function notices(): Notices {
  return new Notices(FakeNotification as unknown as NotificationClass, {
    iconPath: '/i.png',
    isInFront: () => isInFront,
    tellsPlugged: () => tellsPlugged,
    show: (id) => void shown.push(id),
  });
}

beforeEach(() => {
  [told, shown, isInFront, tellsPlugged, supported] = [[], [], false, true, true];
});

const stick = (id: string, parts: Partial<Medium> = {}) =>
  ({
    id,
    name: 'SanDisk Ultra',
    kind: 'device',
    state: 'present',
    removable: true,
    system: false,
    hasMedium: true,
    ...parts,
  }) as Medium;

test('a stick that is plugged in is told of, and one click shows it', () => {
  const some = notices();
  some.mediaChanged([stick('first')]);
  expect(told).toEqual([]);
  some.mediaChanged([stick('first'), stick('second')]);
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['A stick was plugged in', 'Look at it safely: SanDisk Ultra'],
  ]);
  told[0].emit('click');
  expect(shown).toEqual(['second']);
  // Whatever else changes about it is no plugging in; pulled out and plugged in again is.
  some.mediaChanged([stick('first'), stick('second', { state: 'open' })]);
  expect(told).toHaveLength(1);
  some.mediaChanged([stick('first'), stick('second', { state: 'gone' })]);
  some.mediaChanged([stick('first'), stick('second')]);
  expect(told).toHaveLength(2);
});

test('images, system disks, fixed disks and empty readers are not sticks', () => {
  const some = notices();
  some.mediaChanged([]);
  some.mediaChanged([
    stick('image', { kind: 'image' }),
    stick('system', { system: true }),
    stick('fixed', { removable: false }),
    stick('empty', { hasMedium: false }),
  ]);
  expect(told).toEqual([]);
});

test('nothing is told to somebody who looks at the window, who has switched it off, or where nothing shows it', () => {
  const some = notices();
  some.mediaChanged([]);
  isInFront = true;
  some.mediaChanged([stick('a')]);
  isInFront = false;
  tellsPlugged = false;
  some.mediaChanged([stick('a'), stick('b')]);
  tellsPlugged = true;
  supported = false;
  some.mediaChanged([stick('a'), stick('b'), stick('c')]);
  expect(told).toEqual([]);
});

const job = (state: Job['state'], parts: Partial<Job> = {}) =>
  ({ id: 'j', mediumId: 'm', mediumName: 'Stick', state, doneFiles: 1, failed: 0, ...parts }) as Job;

test('the end of a copy and its questions are told once', () => {
  const some = notices();
  some.jobsChanged([job('copying')]);
  some.jobsChanged([job('asking')]);
  some.jobsChanged([job('asking')]);
  some.jobsChanged([job('copying')]);
  some.jobsChanged([job('finishing')]);
  some.jobsChanged([job('done', { doneFiles: 1234 })]);
  some.jobsChanged([job('done', { doneFiles: 1234 })]);
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['A copy waits for you', 'A file from Stick is there already. Choose what to do with it.'],
    ['Copied', `${new Intl.NumberFormat().format(1234)} files from Stick, checked on your disk.`],
  ]);
  told[1].emit('click');
  expect(shown).toEqual(['m']);
});

test('what went wrong is not called done, and what the user cancelled is not told', () => {
  for (const ended of [job('done', { failed: 1 }), job('failed'), job('cancelled'), job('interrupted')]) {
    const some = notices();
    some.jobsChanged([job('copying')]);
    some.jobsChanged([ended]);
  }
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['Copied, but not all of it', '1 file from Stick could not be copied. Open Airlock to see which.'],
    ['Copying stopped', 'Not everything from Stick was copied. Open Airlock to see why.'],
    ['A copy was interrupted', 'Stick was pulled out. Plug it in again to go on.'],
  ]);
});

test('the end of an image is told once, and how much of it could not be read is no secret', () => {
  const image = (state: ImageJob['state'], unreadableBytes = 0) =>
    [{ id: 'i', mediumId: 'm', mediumName: 'Stick', state, unreadableBytes }] as ImageJob[];
  const some = notices();
  for (const [state, unreadableBytes] of [
    ['reading', 0],
    ['interrupted', 0],
    ['reading', 0],
    ['finishing', 0],
    ['done', 0],
    ['done', 0],
    ['reading', 0],
    ['done', 512],
    ['reading', 0],
    ['failed', 0],
    ['cancelled', 0],
  ] as const)
    some.imagesChanged(image(state, unreadableBytes));
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['Saving the image stopped', 'Stick was pulled out. Plug it in again to go on.'],
    ['The image is saved', 'All of Stick is on your disk.'],
    ['The image is saved', 'Some of Stick could not be read. Open Airlock to see how much.'],
    ['Saving the image stopped', 'The image of Stick is not whole. Open Airlock to see why.'],
  ]);
});

test('a name of a stick’s own choosing is no markup and no more than a line', () => {
  expect(plainName('<a href="x">A</a> & B\u202e\n\u0007C')).toBe('a href="x" A /a B C');
  expect(plainName('x'.repeat(500))).toBe(`${'x'.repeat(59)}…`);
});
