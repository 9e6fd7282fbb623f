/** Reports as files: what sha256sum makes of its list, and what hostile names make of the page. */

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Job, JobItem, Medium } from '../contract.ts';
import { NO_PROGRESS } from './copy-ledger.ts';
import { sha256sums } from './report.ts';
import { reportHtml } from './report-html.ts';

const item = (path: string, more: Partial<JobItem> = {}): JobItem => ({
  path,
  writtenAs: path.slice(1),
  outcome: 'copied',
  sizeBytes: 1,
  sha256: createHash('sha256').update(path).digest('hex'),
  note: null,
  failure: null,
  ...more,
});

describe('the list for sha256sum', () => {
  const hasTool = spawnSync('sha256sum', ['--version']).status === 0;

  test.skipIf(!hasTool)('is accepted, with names that need escaping, and finds a changed file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'airlock-sums-'));
    try {
      const names = ['plain.txt', 'with space', 'back\\slash', 'line\nbreak', '-dash', 'ümlaut'];
      for (const name of names) writeFileSync(join(folder, name), `/${name}`);
      const items = [...names.map((name) => item(`/${name}`)), item('/link', { sha256: null })];
      writeFileSync(join(folder, 'SHA256SUMS'), sha256sums(items));
      const check = () =>
        spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
      expect(check()).toMatchObject({ status: 0, stderr: '' });
      expect(
        check()
          .stdout.split('\n')
          .filter((line) => line.endsWith(': OK')),
      ).toHaveLength(names.length);
      expect(execFileSync('sha256sum', ['back\\slash'], { cwd: folder, encoding: 'utf8' })).toBe(
        sha256sums([items[2]]),
      );
      writeFileSync(join(folder, 'plain.txt'), 'changed');
      expect(check().status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the page', () => {
  const job: Job = {
    id: 'j',
    mediumId: 'm',
    mediumName: 'Stick </title><script>alert(1)</script>',
    volume: 0,
    target: '/home/me/<b>',
    purpose: 'copy',
    only: 'all',
    ...NO_PROGRESS,
    state: 'done',
    failed: 1,
    missingFiles: 0,
    missingBytes: 0,
    canResume: false,
    canUndo: false,
    startedAtMs: 1_700_000_000_000,
    finishedAtMs: 1_700_000_060_000,
    problem: null,
  };
  const source = { kind: 'device', name: job.mediumName, vendor: 'SanDisk', model: 'Ultra', sizeBytes: 31_900_000_000 };
  const page = (items: JobItem[]) => {
    return reportHtml({ job, report: null, items, source: source as Medium, volume: null });
  };

  test('holds hashes, reasons and other names', () => {
    const html = page([
      item('/bad.bin', {
        outcome: 'failed',
        sha256: null,
        writtenAs: null,
        note: 'cannot be read',
        failure: { errno: 'EIO', kind: 'medium', message: 'x', byteOffset: 4096 },
      }),
      item('/a:b', { writtenAs: 'a_b', note: 'renamed: it has characters that are not allowed here' }),
    ]);
    expect(html).toContain('cannot be read (at byte 4096 of the medium)');
    expect(html).toContain(`<code>${createHash('sha256').update('/a:b').digest('hex')}</code>`);
    expect(html).toContain('<bdi>a_b</bdi>');
    expect(html).toContain('31.9 GB');
    expect(html).toContain('Copied and checked, but for the files below.');
  });

  test('lets no name be markup, and shows what could mislead', () => {
    const html = page([
      item('/<img src=x onerror=alert(1)>'),
      item(`/" onmouseover='alert(2)'`),
      item('/gpj.\u202eexe'),
      item('/nul\0line\nbreak'),
      item('/&lt;script&gt;'),
    ]);
    expect(html).not.toMatch(/<(?:script|img)\b/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('&quot; onmouseover=&#39;alert(2)&#39;');
    expect(html).toContain('gpj.<span class="mark">U+202E</span>exe');
    expect(html).toContain('<span class="mark">␊</span>');
    expect(html).toContain('&amp;lt;script&amp;gt;');
    expect(html).not.toContain('\u202e');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});
