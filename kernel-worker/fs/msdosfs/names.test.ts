import { beforeAll, describe, expect, test } from 'vitest';
import { longSlot, longSlots, shortSlot } from '../../../test/images/fat-volume.ts';
import { CODE_PAGES, codePage, loadCodePage } from './codepage.ts';
import { LongName, shortNameChecksum } from './longname.ts';
import { type ShortNameStyle, shownShortName, storedShortName } from './shortname.ts';

/** What the slots say together. */
function longNameOf(slots: Uint8Array[]): string | null {
  const longName = new LongName();
  for (const slot of slots.slice(0, -1)) longName.add(slot, 0);
  return longName.take(slots[slots.length - 1], 0);
}

const entry = { name: 'LONGNA~1TXT' };

describe('long names', () => {
  test.each([
    ['of one slot', 'short.text'],
    ['that fill their slot, without an end mark', 'thirteen.text'],
    ['that fill two slots', 'twenty-six characters long'],
    ['of all 255 units', 'n'.repeat(255)],
    ['with characters beyond ASCII', 'Überraschung – 日本語.txt'],
    ['with surrogate pairs, also across slots', `emoji 12345\u{1f600}\u{1f601} 😀`],
    ['with lone surrogates, which stay as they are', 'high\ud800 low\udc00'],
    ['with a byte order mark and non-characters', '\ufeffa\ufffeb'],
  ])('%s are read', (_, name) => {
    expect(longNameOf(longSlots(name, entry))).toBe(name);
  });

  test('the checksum is that of the specification', () => {
    expect(shortNameChecksum(shortSlot({ name: 'README  TXT' }), 0)).toBe(0x73);
  });

  test('are not taken when the checksum is of another short name', () => {
    const slots = longSlots('some long name.txt', entry);
    slots[slots.length - 1] = shortSlot({ name: 'OTHER   TXT' });
    expect(longNameOf(slots)).toBe(null);
  });

  test('are not taken when the slots differ in their checksums', () => {
    const slots = longSlots('some long name.txt', entry);
    slots[1][13] ^= 1;
    expect(longNameOf(slots)).toBe(null);
  });

  test('are not taken when a slot is missing, doubled or in the wrong order', () => {
    const [third, second, first, short] = longSlots('a name that needs three whole slots', entry);
    expect(longNameOf([third, second, first, short])).toBe('a name that needs three whole slots');
    expect(longNameOf([third, first, short])).toBe(null);
    expect(longNameOf([second, first, short])).toBe(null);
    expect(longNameOf([third, second, short])).toBe(null);
    expect(longNameOf([third, second, second, first, short])).toBe(null);
    expect(longNameOf([third, first, second, short])).toBe(null);
  });

  test('begin anew at a slot that says it is the last part: what was before is an orphan', () => {
    const [second, first, short] = longSlots('some long name.txt', entry);
    expect(longNameOf([second, second, first, short])).toBe('some long name.txt');
    expect(longNameOf([longSlot([65], 0x45, 9), second, first, short])).toBe('some long name.txt');
  });

  test('are forgotten once taken', () => {
    const longName = new LongName();
    const [slot, short] = longSlots('longer.text', entry);
    longName.add(slot, 0);
    expect(longName.take(short, 0)).toBe('longer.text');
    expect(longName.take(short, 0)).toBe(null);
  });

  test.each([0x40, 0x55, 0x7f])('with the number %i of slots are refused', (number) => {
    const short = shortSlot(entry);
    const checksum = shortNameChecksum(short, 0);
    const slots = [longSlot([65, 0], number, checksum)];
    for (let next = (number & 0x3f) - 1; next > 0; next--) slots.push(longSlot([66], next, checksum));
    expect(longNameOf([...slots, short])).toBe(null);
  });

  test('of 256 units and more are refused, and empty ones', () => {
    expect(longNameOf(longSlots('n'.repeat(256), entry))).toBe(null);
    const short = shortSlot(entry);
    expect(longNameOf([longSlot([0, 0xffff], 0x41, shortNameChecksum(short, 0)), short])).toBe(null);
  });
});

describe('short names', () => {
  const shown = (name: string, caseBits = 0, page = '437', style: ShortNameStyle = 'mixed') =>
    shownShortName({ codePage: codePage(page), style }, shortSlot({ name, caseBits }), 0);

  beforeAll(async () => {
    for (const page of CODE_PAGES) await loadCodePage(page);
  });

  test('lose the spaces at the ends of base and extension, not those within', () => {
    expect(shown('README  TXT')).toBe('README.TXT');
    expect(shown('NOEXT      ')).toBe('NOEXT');
    expect(shown('A B C   D E')).toBe('A B C.D E');
    expect(shown('12345678123')).toBe('12345678.123');
  });

  test('are lower-case where the case bits say so', () => {
    expect(shown('README  TXT', 0x08)).toBe('readme.TXT');
    expect(shown('README  TXT', 0x10)).toBe('README.txt');
    expect(shown('README  TXT', 0x18)).toBe('readme.txt');
    expect(shown('\x9aBER    TXT', 0x08)).toBe('über.TXT');
  });

  test('are shown as the option asks', () => {
    expect(shown('README  TXT', 0x08, '437', 'win95')).toBe('README.TXT');
    expect(shown('README  TXT', 0, '437', 'lower')).toBe('readme.txt');
    expect(shown('README  TXT', 0x10, '437', 'winnt')).toBe('README.txt');
  });

  test('have 0xE5 for a first byte of 0x05, and only there', () => {
    expect(shown('\x05ABC    TXT')).toBe('σABC.TXT');
    expect(shown('A\x05C     \x05')).toBe('A\x05C.\x05');
  });

  test.each([
    ['437', '\x80\x9a\xe1     \xa5', 'ÇÜß.Ñ'],
    ['850', '\x9b\xd1\xb8', 'øÐ©'],
    ['852', '\x88\xa4\xe7', 'łĄš'],
    ['866', '\x8f\x90\x88\x82\x85\x92', 'ПРИВЕТ'],
    ['932', '\x93\xfa\x96\x7b\x8c\xea  \xb6\xc5', '日本語.ｶﾅ'],
    ['936', '\xd6\xd0\xce\xc4', '中文'],
    ['949', '\xc7\xd1\xb1\xdb', '한글'],
    ['950', '\xa4\xa4\xa4\xe5', '中文'],
  ])('are decoded by code page %s', (page, name, expected) => {
    expect(shown(name, 0, page)).toBe(expected);
  });

  test('have a table for each code page of the option', () => {
    for (const page of CODE_PAGES) expect(codePage(page).name).toBe(page);
    expect(codePage('864').decode(Uint8Array.of(0x41, 0x42))).toBe('AB');
  });

  test('keep their stored case as a second name', () => {
    expect(
      storedShortName(
        { codePage: codePage('437'), style: 'lower' },
        shortSlot({ name: 'ABC     TXT', caseBits: 0x18 }),
        0,
      ),
    ).toBe('ABC.TXT');
  });
});
