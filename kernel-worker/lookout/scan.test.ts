import { describe, expect, it } from 'vitest';
import { windowsProgram } from '../../test/builders/suspicious-files.ts';
import type { TmpfsSpec } from '../fs/tmpfs/node.ts';
import { tmpfsOf } from '../fs/tmpfs/vfsops.ts';
import { Kernel } from '../rump/kernel.ts';
import { memoryBlocks } from '../rumpuser/memory.ts';
import type { Finding, LookoutHost, LookoutSlice } from './finding.ts';
import { Lookout, MAX_OF_A_KIND } from './scan.ts';

const HOST: LookoutHost = { platform: 'win32', nowMs: Date.UTC(2026, 10, 23) };
const NOW = { mtime: { sec: HOST.nowMs / 1000, nsec: 0 } };
const file = (content: Uint8Array | string, extattrs?: Record<string, Uint8Array>): TmpfsSpec => ({
  type: 'file',
  content: Buffer.from(content),
  ...NOW,
  ...(extattrs === undefined ? {} : { extattrs }),
});
const folder = (children: Record<string, TmpfsSpec>): TmpfsSpec => ({ type: 'dir', children, ...NOW });

async function scanOf(tree: TmpfsSpec): Promise<Lookout> {
  const driver = tmpfsOf(tree);
  const registered = { name: 'tmpfs', aliases: [], probe: () => null, load: () => Promise.resolve(driver) };
  const kernel = new Kernel(memoryBlocks(new Uint8Array(512)), { drivers: [registered] });
  const mount = await kernel.mount({ partition: null, fstype: 'tmpfs' });
  return new Lookout(mount, HOST, (failure) => failure.report());
}

async function look(tree: TmpfsSpec, count = 1000): Promise<{ findings: Finding[]; last: LookoutSlice }> {
  const scan = await scanOf(tree);
  const findings: Finding[] = [];
  for (;;) {
    const last = scan.next(count);
    findings.push(...last.findings);
    if (last.end) return { findings, last };
  }
}
const lines = (findings: readonly Finding[]) => findings.map(({ kind, path }) => `${kind} ${path}`).sort();

describe('a scan', () => {
  it('looks at names, content, streams, links and what stands beside each other, at every depth', async () => {
    const { findings, last } = await look(
      folder({
        a: folder({
          b: folder({ 'x.pdf.exe': file(windowsProgram()), X: file('1'), x: file('2') }),
          'note.txt': file('x', { 'user.more': windowsProgram() }),
        }),
        out: { type: 'symlink', target: '../etc', ...NOW },
        'con.txt': file('x'),
      }),
    );
    expect(lines(findings)).toEqual([
      'colliding-name /a/b/x',
      'double-extension /a/b/x.pdf.exe',
      'illegal-name /con.txt',
      'larger-than-medium /a/b/x.pdf.exe',
      'outside-link /out',
      'stream-program /a/note.txt',
    ]);
    expect(last).toMatchObject({ files: 6, folders: 2, failureCount: 0, end: true });
  });

  it('gives the same in slices of one entry as in one', async () => {
    const tree = folder({
      a: folder({ 'Pаypal.txt': file('x'), 'Paypal.txt': file('x'), c: folder({ '\u00a0': file('x') }) }),
      'z.pdf.exe': file('MZ'),
    });
    const whole = await look(tree);
    const small = await look(tree, 1);
    expect(lines(small.findings)).toEqual(lines(whole.findings));
    expect(small.last.counts).toEqual(whole.last.counts);
    expect(whole.last.counts).toMatchObject({ 'look-alike': 1, 'blank-name': 1, 'double-extension': 1 });
  });

  it('keeps a bounded number of a kind, and counts the rest', async () => {
    const many = Object.fromEntries(Array.from({ length: MAX_OF_A_KIND + 50 }, (_, i) => [`${i}.bat`, file('x')]));
    const { findings, last } = await look(folder(many));
    expect(findings).toHaveLength(MAX_OF_A_KIND);
    expect(last.counts).toEqual({ script: MAX_OF_A_KIND + 50 });
  });

  it('cuts what it quotes', async () => {
    const url = `[InternetShortcut]\nURL=https://a.example/${'x'.repeat(5000)}\n`;
    const { findings } = await look(folder({ 'a.url': file(url) }));
    expect(findings.find(({ kind }) => kind === 'link')?.quote).toHaveLength(1000);
  });

  it('does a bounded amount of work at once', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}.txt`, file('x')]));
    const scan = await scanOf(folder(many));
    expect(scan.next(10).files).toBe(10);
    expect(scan.next(10).files).toBe(20);
  });
});
