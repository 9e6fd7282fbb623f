import { fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DirectDescriptor } from './direct-descriptor.ts';

let folder = '';
let fd = -1;
let direct: DirectDescriptor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-direct-'));
  writeFileSync(join(folder, 'stick.img'), 'stick');
  fd = openSync(join(folder, 'stick.img'), 'r');
  direct = new DirectDescriptor({ fd, sizeBytes: 5 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const isOpen = () => {
  try {
    return fstatSync(fd).size === 5;
  } catch {
    return false;
  }
};

test('a medium’s descriptor is closed at once where nobody reads by it', () => {
  direct.close(false);
  expect(isOpen()).toBe(false);
});

test('it is closed when the last reader has let go, once', () => {
  const [first, second] = [direct.hold(), direct.hold()];
  direct.close(false);
  first();
  first();
  expect(isOpen()).toBe(true);
  second();
  expect(isOpen()).toBe(false);
  // The number may be another file's by now.
  expect(() => second()).not.toThrow();
  expect(() => direct.close(false)).not.toThrow();
});

test('it stays open between readers', () => {
  direct.hold()();
  expect(isOpen()).toBe(true);
  direct.close(false);
});

test('that of a medium that does not answer is closed beside main’s work, and not while a thread stands in a read', async () => {
  const letGo = direct.hold();
  direct.close(true);
  expect(isOpen()).toBe(true);
  letGo();
  await vi.waitFor(() => expect(isOpen()).toBe(false));
});
