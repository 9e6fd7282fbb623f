import { describe, expect, it } from 'vitest';
import type { Vattr } from '../rump/vfs/vnode.ts';
import { actingFolder, attributes, outsideLink } from './attributes.ts';
import { examinedBytes } from './examined.ts';
import { extensionOf } from './extensions.ts';
import type { Tell } from './finding.ts';

const HOST = { platform: 'linux', nowMs: Date.UTC(2026, 10, 23) } as const;
const BASE = examinedBytes('a', new Uint8Array(0)).attr;

function collect(work: (tell: Tell) => void): string[] {
  const lines: string[] = [];
  work((kind, telling) =>
    lines.push([kind, telling?.bytes ?? telling?.quote ?? telling?.sort].filter(Boolean).join(' | ')),
  );
  return lines;
}
const told = (attr: Partial<Vattr>) => collect((tell) => attributes({ ...BASE, ...attr }, 1_000_000, HOST, tell));
const at = (iso: string) => ({ mtime: { sec: Date.parse(iso) / 1000, nsec: 0 } });

describe('dates', () => {
  it.each([
    '1979-12-31T00:00:00Z',
    '1970-02-01T00:00:00Z',
    '1900-01-01T00:00:00Z',
    '2026-11-25T00:00:00Z',
    '2107-01-01T00:00:00Z',
  ])('tells of %s', (iso) => expect(told(at(iso))).toEqual(['strange-date']));

  it.each(['1980-01-01T00:00:00Z', '2026-11-23T20:00:00Z', '1970-01-01T00:00:00Z', '1970-01-01T00:00:01Z'])(
    'is silent on %s',
    (iso) => expect(told(at(iso))).toEqual([]),
  );

  it('is silent where there is none', () => {
    expect(told({ mtime: null })).toEqual([]);
  });
});

it('tells of files larger than the volume, set-user-ID programs and device nodes', () => {
  expect(told({ size: 1_000_001 })).toEqual(['larger-than-medium | 1000001']);
  expect(told({ size: 1_000_000 })).toEqual([]);
  expect(told({ mode: 0o4755 })).toEqual(['setuid']);
  expect(told({ mode: 0o2644 })).toEqual([]);
  expect(told({ type: 'dir', mode: 0o2755 })).toEqual([]);
  expect(told({ type: 'chr' })).toEqual(['device-node']);
  expect(told({ type: 'blk' })).toEqual(['device-node']);
  expect(told({ type: 'fifo' })).toEqual([]);
});

describe('links', () => {
  const linked = (target: string, depth: number) => collect((tell) => outsideLink(target, depth, tell));

  it('tells of those that lead out', () => {
    expect(linked('/etc/passwd', 3)).toEqual(['outside-link | /etc/passwd']);
    expect(linked('../x', 1)).toEqual(['outside-link | ../x']);
    expect(linked('a/../../../x', 2)).toEqual(['outside-link | a/../../../x']);
  });

  it('is silent on those that stay', () => {
    expect(linked('../x', 2)).toEqual([]);
    expect(linked('a/b/../c', 1)).toEqual([]);
    expect(linked('./a//b', 1)).toEqual([]);
  });
});

describe('folders that act', () => {
  const folder = (name: string, attr: Partial<Vattr> = {}) =>
    collect((tell) => actingFolder(name, extensionOf(name), { ...BASE, type: 'dir', ...attr }, tell));

  it('tells of a shell class in the name and of programs of macOS', () => {
    expect(folder('Photos.{645FF040-5081-101B-9F08-00AA002F954E}')).toEqual(['shell-folder']);
    expect(folder('Paint.app')).toEqual(['program | mac']);
    expect(folder('Paint.app', { dosAttributes: 2 })).toEqual(['hidden-program | mac']);
    expect(folder('Photos')).toEqual([]);
    expect(folder('{645FF040-5081-101B-9F08-00AA002F954E}')).toEqual([]);
  });
});
