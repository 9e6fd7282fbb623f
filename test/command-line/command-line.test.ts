/** The reading commands as a user runs them: built, as processes of their own, under lockdown. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ordinaryStick, suspiciousStick } from '../builders/suspicious-stick.ts';
import { testImage } from '../images/library.ts';

const BIN = fileURLToPath(new URL('../../dist/bin/', import.meta.url));
let folder = '';
const image = (name: string) => join(folder, `${name}.img`);

function run(command: string, args: string[], environment: Record<string, string> = {}) {
  const result = spawnSync(process.execPath, [join(BIN, `${command}.js`), ...args], {
    env: { PATH: process.env.PATH, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    status: result.status,
    out: result.stdout.toString('utf8'),
    err: result.stderr.toString('utf8'),
    bytes: result.stdout,
  };
}

/** The same command with a terminal as its standard output (script(1) of util-linux). */
function runOnTerminal(command: string, args: string[]) {
  const line = [process.execPath, join(BIN, `${command}.js`), ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const result = spawnSync('script', ['-qec', line, '/dev/null'], { encoding: 'utf8' });
  return { status: result.status, out: result.stdout };
}

/** FAT12 with one file, whose long name holds an escape sequence and a right-to-left override. */
function imageWithHostileName(): Uint8Array {
  const bytes = testImage('fat12-360k-mtools').bytes().slice();
  const at = Buffer.from(bytes).indexOf(Buffer.from('README  TXT', 'latin1'));
  bytes.set(Buffer.from('RE\x1b[31mTXT', 'latin1').subarray(0, 11), at);
  return bytes;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-cli-'));
  for (const name of ['fat32-c4k-kernel', 'disk-gpt-3', 'disk-mbr-logical-chain'])
    writeFileSync(image(name), testImage(name).bytes());
  writeFileSync(image('hostile-name'), imageWithHostileName());
  writeFileSync(image('suspicious'), suspiciousStick());
  writeFileSync(image('ordinary'), ordinaryStick());
  writeFileSync(image('zeros'), new Uint8Array(1024 * 1024));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('airlock manifest', () => {
  test('prints one JSON object a line, sorted by the bytes of the path, and leaves the image as it was', () => {
    const { status, out, err } = run('airlock', ['manifest', image('fat32-c4k-kernel'), '--hash']);
    expect(status).toBe(0);
    expect(err).toBe('');
    const entries = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const expected = testImage('fat32-c4k-kernel').manifest('');
    expect(entries.map((entry) => entry.path)).toEqual(expected.map((entry) => entry.path));
    expect(entries.map((entry) => entry.sha256)).toEqual(expected.map((entry) => entry.sha256));
    const hash = createHash('sha256')
      .update(readFileSync(image('fat32-c4k-kernel')))
      .digest('hex');
    expect(hash).toBe(testImage('fat32-c4k-kernel').meta.sha256_raw);
  });

  test('reads a partition by its number', () => {
    const { status, out } = run('airlock', ['manifest', image('disk-gpt-3'), '--partition', '1']);
    expect(status).toBe(0);
    const expected = testImage('disk-gpt-3')
      .manifest('')
      .filter((entry) => entry.part === 1);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).path),
    ).toEqual(expected.map((entry) => entry.path));
  });

  test('lists the partitions where several can be read and none is named', () => {
    const { status, out, err } = run('airlock', ['manifest', image('disk-gpt-3')]);
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('--partition N');
    expect(err).toMatch(/1: FAT32 'ESP'/);
  });

  test('ends with 2 and its usage on a wrong command line', () => {
    for (const args of [
      ['manifest'],
      ['manifest', '--bogus', 'x'],
      ['manifest', image('zeros'), '--partition', 'x'],
      ['bogus'],
    ]) {
      const { status, err } = run('airlock', args);
      expect(status).toBe(2);
      expect(err).toContain('usage:');
    }
  });

  test('ends with 1 and says why where nothing can be opened or mounted', () => {
    expect(run('airlock', ['manifest', image('not-there')])).toMatchObject({
      status: 1,
      err: expect.stringContaining('does not exist'),
    });
    expect(run('airlock', ['manifest', image('zeros')])).toMatchObject({
      status: 1,
      err: expect.stringContaining('no file system'),
    });
    expect(run('airlock', ['manifest', folder])).toMatchObject({
      status: 1,
      err: expect.stringContaining('neither an image file'),
    });
  });

  test('ends with 3 and a JSON line for each entry that cannot be read', () => {
    const bytes = testImage('fat32-c4k-kernel').bytes().slice();
    // A file's first cluster far outside of the medium.
    const at = Buffer.from(bytes).indexOf(Buffer.from('README  TXT', 'latin1'));
    bytes.set([0xff, 0x0f], at + 20);
    writeFileSync(image('damaged'), bytes);
    const { status, err, out } = run('airlock', ['manifest', image('damaged'), '--hash']);
    expect(status).toBe(3);
    const failures = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(failures).toContainEqual(expect.objectContaining({ path: '/README.TXT', errno: 'EUCLEAN' }));
    expect(out).toContain('"/README.TXT"');
  });
});

describe('airlock info', () => {
  test('describes table, partitions and file systems as JSON', () => {
    const { status, out } = run('airlock', ['info', image('disk-gpt-3'), '--json']);
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ scheme: 'gpt', sectorSize: 512, uuid: 'abcdef00-1111-2222-3333-000000000999' });
    expect(report.partitions[0]).toMatchObject({
      number: 1,
      offsetBytes: 1048576,
      sizeBytes: 10485760,
      fs: 'msdosfs',
      label: 'ESP',
    });
  });
});

describe('airlock lookout', () => {
  test('tells of each finding why, by weight, without a character that steers a terminal, and ends with 4', () => {
    const { status, out, err } = run('airlock', ['lookout', image('suspicious')]);
    expect(status).toBe(4);
    expect(err).toBe('');
    expect(out).toContain(
      '    /holiday.jpg\n      By its name it is a document, picture or recording; by its content it is a Windows program.\n',
    );
    expect(out).toContain('      > setup.exe /quiet\n');
    expect(out).toContain('    /invoice\\u{202e}fdp.exe\n');
    expect(out.indexOf('Danger\n')).toBeLessThan(out.indexOf('Worth knowing\n'));
    expect(out).not.toMatch(/[\p{Cf}\u001b]/u);
    expect(out.endsWith('Looked at 53 files\n')).toBe(true);
  });

  test('prints findings as JSON, one a line', () => {
    const { status, out } = run('airlock', ['lookout', image('suspicious'), '--json']);
    expect(status).toBe(4);
    const findings = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(findings).toHaveLength(37);
    expect(findings).toContainEqual({
      kind: 'shortcut-network',
      severity: 'danger',
      path: '/Share.lnk',
      hidden: false,
      quote: '\\\\198.51.100.7\\share',
    });
  });

  test('finds nothing on an ordinary stick, says what that means, and ends with 0', () => {
    const { status, out } = run('airlock', ['lookout', image('ordinary')]);
    expect(status).toBe(0);
    expect(out).toContain('Nothing on the list was found. That is no proof that it is harmless.');
    expect(run('airlock', ['lookout', image('ordinary'), '--json'])).toMatchObject({ status: 0, out: '' });
  });
});

describe('the fs-utils', () => {
  test('take the device from FSU_DEVICE and the file system from FSU_TYPE', () => {
    const environment = { FSU_DEVICE: image('fat32-c4k-kernel'), FSU_TYPE: 'msdos' };
    expect(run('fsu_ls', ['-1', '/'], environment).out.split('\n')).toContain('README.TXT');
    expect(run('fsu_ls', ['/'], { ...environment, FSU_TYPE: 'bogus' })).toMatchObject({
      status: 1,
      err: expect.stringContaining('unknown file system'),
    });
  });

  test('fsu_cat writes the exact bytes', () => {
    const { bytes } = run('fsu_cat', [image('fat32-c4k-kernel'), '/README.TXT']);
    const expected = testImage('fat32-c4k-kernel')
      .manifest('')
      .find((entry) => entry.path === '/README.TXT');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(expected?.sha256);
  });

  test('fsu_find selects by name, type and size', () => {
    const device = image('fat32-c4k-kernel');
    const expected = testImage('fat32-c4k-kernel').manifest('');
    const paths = (args: string[]) =>
      run('fsu_find', [device, ...args])
        .out.split('\n')
        .filter((line) => line !== '')
        .sort();
    expect(paths(['/', '-iname', 'readme.*'])).toEqual(['/README.TXT', '/names/README.TXT']);
    const dirs = expected.filter((entry) => entry.type === 'dir').map((entry) => entry.path);
    expect(paths(['/', '-mindepth', '1', '-type', 'd'])).toEqual(dirs.sort());
    const large = expected
      .filter((entry) => entry.type === 'file' && (entry.size ?? 0) > 100_000)
      .map((entry) => entry.path);
    expect(paths(['/', '-type', 'f', '-size', '+100000c'])).toEqual(large.sort());
    expect(paths(['/', '(', '-name', 'README*', '-o', '-name', 'nothing', ')', '!', '-path', '/names/*'])).toEqual([
      '/README.TXT',
    ]);
  });

  test('fsu_du adds up what files take', () => {
    const total = testImage('fat32-c4k-kernel')
      .manifest('')
      .reduce((sum, entry) => sum + (entry.type === 'file' ? (entry.size ?? 0) : 0), 0);
    const { out } = run('fsu_du', [image('fat32-c4k-kernel'), '-s', '-A', '-k', '/']);
    expect(Number(out.split('\t')[0])).toBe(Math.ceil(total / 1024));
  });

  test('fsu_du tells each directory once, after what is below it, and the start last', () => {
    const lines = run('fsu_du', [image('fat32-c4k-kernel'), '-A', '-k', '/deep01'])
      .out.trim()
      .split('\n');
    const paths = lines.map((line) => line.split('\t')[1]);
    const below = testImage('fat32-c4k-kernel')
      .manifest('')
      .filter((entry) => entry.type === 'dir' && entry.path.startsWith('/deep01'));
    expect([...paths].sort()).toEqual(below.map((entry) => entry.path).sort());
    expect(paths.at(-1)).toBe('/deep01');
    expect(paths.indexOf('/deep01/deep02/deep03')).toBeLessThan(paths.indexOf('/deep01/deep02'));
  });

  test('fsu_df says how full the file system is', () => {
    expect(run('fsu_df', [image('fat32-c4k-kernel'), '-k']).out).toMatch(/^FAT32_4K +163\d\d +\d+ +\d+ +\d+%$/m);
  });

  test('fsu_stat prints what is asked for', () => {
    expect(run('fsu_stat', [image('fat32-c4k-kernel'), '-f', '%z %T %N', '/README.TXT']).out).toBe(
      '300 file /README.TXT\n',
    );
  });

  test('fsu_diff tells equal from different', () => {
    const device = image('fat32-c4k-kernel');
    expect(run('fsu_diff', [device, '/README.TXT', '/README.TXT']).status).toBe(0);
    const different = run('fsu_diff', [device, '/README.TXT', '/filler01']);
    expect(different.status).toBe(1);
    expect(different.out).toContain('differ');
    expect(run('fsu_diff', [device, '-r', '/names', '/names'])).toMatchObject({ status: 0, out: '' });
  });

  test('end quietly when nobody reads on', () => {
    const line = `'${process.execPath}' '${BIN}fsu_find.js' '${image('fat32-c4k-kernel')}' | head -n 1`;
    const result = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.stdout.trim()).toBe('/');
  });

  test('never send a control character of a name to a terminal', () => {
    for (const [command, args] of [
      ['fsu_ls', ['/']],
      ['fsu_find', ['/']],
      ['fsu_ls', ['-l', '/nothing\x1b[31m']],
    ] as const) {
      const { out } = runOnTerminal(command, [image('hostile-name'), ...args]);
      expect(out.length).toBeGreaterThan(10);
      expect(out).not.toContain('\x1b');
    }
  });
});

/** Every file below a folder with its hash, as the manifests have them. */
function hashesBelow(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(
    files.map((path) => [
      `/${path}`,
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest('hex'),
    ]),
  );
}

describe('copying out', () => {
  const reference = () =>
    Object.fromEntries(
      testImage('fat32-c4k-kernel')
        .manifest('')
        .filter((entry) => entry.type === 'file')
        .map((entry) => [entry.path, entry.sha256]),
    );

  test('airlock cp brings everything out, with equal hashes and times', () => {
    const target = join(folder, 'all');
    const { status, out } = run('airlock', ['cp', image('fat32-c4k-kernel'), '/', target]);
    expect(status).toBe(0);
    expect(out).toContain('on the disk and verified');
    expect(hashesBelow(target)).toEqual(reference());
    // The stick keeps wall time: 2024-02-29T12:13:22 wherever this runs.
    expect(statSync(join(target, 'README.TXT')).mtime).toEqual(new Date(2024, 1, 29, 12, 13, 22));
    expect(statSync(join(target, 'README.TXT')).mode & 0o7111).toBe(0);
  });

  test('airlock cp --json tells progress and report line by line', () => {
    const { status, out } = run('airlock', [
      'cp',
      '--json',
      image('fat32-c4k-kernel'),
      '/README.TXT',
      '/names',
      join(folder, 'some'),
    ]);
    expect(status).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const report = lines.at(-1);
    expect(report).toMatchObject({ type: 'report', outcome: 'done', failed: 0 });
    expect(lines.some((line) => line.type === 'progress')).toBe(true);
    expect(report.items.find((item: { path: string }) => item.path === '/README.TXT').sha256).toBe(
      reference()['/README.TXT'],
    );
  });

  test('--conflict decides what becomes of files that are there', () => {
    const target = join(folder, 'conflicts');
    const cp = (policy: string) =>
      run('airlock', ['cp', '--conflict', policy, image('fat32-c4k-kernel'), '/README.TXT', target]);
    expect(cp('skip').status).toBe(0);
    writeFileSync(join(target, 'README.TXT'), 'mine');
    expect(cp('skip').out).toContain('1 skipped');
    expect(readFileSync(join(target, 'README.TXT'), 'utf8')).toBe('mine');
    expect(cp('rename').out).toContain('1 renamed');
    expect(readdirSync(target).length).toBe(2);
    expect(cp('overwrite').status).toBe(0);
    expect(hashesBelow(target)['/README.TXT']).toBe(reference()['/README.TXT']);
  });

  test('fsu_get copies with fs-utils’ calling convention', () => {
    const target = join(folder, 'get');
    const { status } = run('fsu_get', ['-t', 'msdos', image('fat32-c4k-kernel'), '/README.TXT', target]);
    expect(status).toBe(0);
    expect(hashesBelow(target)).toEqual({ '/README.TXT': reference()['/README.TXT'] });
  });

  test('wrong command lines end with 2, what is not there with 1', () => {
    expect(run('airlock', ['cp', image('zeros'), '/']).status).toBe(2);
    expect(run('airlock', ['cp', '--conflict', 'bogus', image('zeros'), '/', folder]).status).toBe(2);
    expect(run('fsu_get', [image('zeros')])).toMatchObject({ status: 2, err: expect.stringContaining('usage:') });
    expect(run('airlock', ['cp', image('zeros'), '/', join(folder, 'none')]).status).toBe(1);
    expect(run('airlock', ['cp', image('fat32-c4k-kernel'), '/not there', join(folder, 'none')]).status).toBe(1);
  });
});
