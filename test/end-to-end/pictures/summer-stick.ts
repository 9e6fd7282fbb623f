/** The stick of the pictures: a summer's files, of which some can be looked into, and a damaged one beside it. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { windowsProgram } from '../../builders/suspicious-files.ts';
import { text, zip } from '../look-stick.ts';
import { rememberCopies } from '../sticks.ts';
import { placeSparseStick, type StickEntry } from './sparse-stick.ts';

/** 3.9 GB of 64 KiB clusters. */
const CLUSTERS = 60_000;

const CODE = `"""When the harbour has enough water for us: high tides from the port's table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DRAUGHT_M = 1.35  # keel of the Albatross, with all of us aboard


@dataclass(frozen=True)
class Tide:
    at: datetime
    height_m: float

    @property
    def is_enough(self) -> bool:
        return self.height_m > DRAUGHT_M + 0.5


def windows(tides: list[Tide], minutes: int = 90):
    """From when until when we can leave."""
    for tide in tides:
        if not tide.is_enough:
            continue
        margin = timedelta(minutes=minutes)
        yield tide.at - margin, tide.at + margin


if __name__ == "__main__":
    table = [
        Tide(datetime(2026, 7, 18, 5, 42), 3.1),
        Tide(datetime(2026, 7, 18, 11, 58), 0.7),
        Tide(datetime(2026, 7, 18, 18, 6), 3.3),
    ]
    for start, end in windows(table):
        print(f"{start:%H:%M} to {end:%H:%M}")
`;

const PACKING = `Tent, two sleeping bags, the blue lamp
Rope, gloves, the chart of the bay
Ada: telescope and notebook
Charles: everything that rattles
`;

/** A page of a PDF (ISO 32000-1, 7.8 and 8.5): a ticket with its lines and a bar code's bars. */
function ticket(): Uint8Array {
  const bars = Array.from({ length: 58 }, (_, i) => `${72 + i * 4.2} 560 ${1 + ((i * 7) % 3)} 46 re f`).join('\n');
  const line = (x: number, y: number, size: number, font: 'F1' | 'F2', words: string) =>
    `BT /${font} ${size} Tf ${x} ${y} Td (${words}) Tj ET`;
  const content = [
    '0.055 0.4 0.44 rg 0 742 595 100 re f 1 g',
    line(72, 792, 26, 'F2', 'Northern Bay Ferries'),
    line(72, 766, 13, 'F1', 'Booking N-204-771, four passengers, one bicycle'),
    '0.1 g',
    line(72, 690, 19, 'F2', 'Saltholm Quay to Grey Island'),
    line(72, 664, 13, 'F1', 'Saturday 18 July 2026, departs 07:15, arrives 08:50'),
    line(72, 640, 13, 'F1', 'Deck B, seats 41 to 44'),
    bars,
    '0.35 g',
    line(
      72,
      540,
      10,
      'F1',
      'Be at the quay twenty minutes before departure. This ticket is valid for the return journey',
    ),
    line(72, 526, 10, 'F1', 'within fourteen days, on every boat that is not fully booked.'),
    '0.8 G 72 500 m 523 500 l S 0.1 g',
    line(72, 464, 15, 'F2', 'Return'),
    line(72, 440, 13, 'F1', 'Saturday 25 July 2026, departs 17:40, arrives 19:15'),
  ].join('\n');
  const font = (base: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${base} >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    font('Helvetica'),
    font('Helvetica-Bold'),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  return text(`${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
}

/** The headers of a Windows program, with the words that such ones begin with and something like code behind them. */
function program(): Uint8Array {
  const bytes = Buffer.alloc(8192);
  windowsProgram().copy(bytes);
  bytes.write('This program cannot be run in DOS mode.\r\r\n$', 0x4e);
  ['.text', '.rdata', '.data'].forEach((section, i) => {
    bytes.write(section, 0xf8 + i * 40);
    bytes.writeUInt32LE(0x1000 * (i + 1), 0xf8 + i * 40 + 12);
  });
  for (let i = 0x180, state = 26; i < bytes.length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 0x8000_0000;
    bytes[i] = state >>> 16;
  }
  return bytes;
}

/** A JPEG of a harbour at dusk, drawn by Chromium. */
async function harbour(browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage();
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1800;
    canvas.height = 1200;
    const c = canvas.getContext('2d');
    if (c === null) throw new Error('no canvas');
    const fill = (top: number, bottom: number, ...stops: string[]) => {
      const ramp = c.createLinearGradient(0, top, 0, bottom);
      stops.forEach((colour, i) => {
        ramp.addColorStop(i / (stops.length - 1), colour);
      });
      c.fillStyle = ramp;
    };
    fill(0, 720, '#35507d', '#c46f72', '#f4b867', '#ffe1a3');
    c.fillRect(0, 0, 1800, 720);
    c.fillStyle = '#fff3cf';
    c.beginPath();
    c.arc(1180, 630, 82, 0, 7);
    c.fill();
    const hill = (colour: string, base: number, height: number, from: number) => {
      c.fillStyle = colour;
      c.beginPath();
      c.moveTo(0, 720);
      for (let x = 0; x <= 1800; x += 10)
        c.lineTo(x, base - height * (Math.sin((x + from) / 260) + 0.5 * Math.sin((x + from) / 97)));
      c.lineTo(1800, 720);
      c.fill();
    };
    hill('#7c5d78', 650, 44, 300);
    hill('#4c4766', 690, 30, 900);
    fill(720, 1200, '#e6a070', '#5c6a86', '#1f3552');
    c.fillRect(0, 720, 1800, 480);
    for (let i = 0; i < 150; i++) {
      const y = 728 + (i * i) / 50;
      c.fillStyle = `rgba(255, 236, 190, ${0.5 - i / 320})`;
      c.fillRect(1180 + Math.sin(i * 12.9) * (30 + i * 0.9) - 40, y, 40 + ((i * 37) % 70), 3);
    }
    const boat = (x: number, y: number, size: number) => {
      c.fillStyle = '#16202f';
      c.beginPath();
      c.moveTo(x - size, y);
      c.quadraticCurveTo(x, y + size * 0.55, x + size, y);
      c.fill();
      c.fillRect(x - 3, y - size * 2, 6, size * 2);
      c.fillStyle = '#f2e7d6';
      c.beginPath();
      c.moveTo(x + 8, y - size * 1.9);
      c.lineTo(x + size * 0.9, y - 14);
      c.lineTo(x + 8, y - 14);
      c.fill();
      c.fillStyle = '#d8c3ad';
      c.beginPath();
      c.moveTo(x - 8, y - size * 1.7);
      c.lineTo(x - size * 0.7, y - 14);
      c.lineTo(x - 8, y - 14);
      c.fill();
    };
    boat(520, 880, 150);
    boat(860, 770, 60);
    boat(1440, 800, 78);
    return canvas.toDataURL('image/jpeg', 0.86).split(',')[1];
  });
  await page.close();
  return Buffer.from(base64, 'base64');
}

let picture: Promise<Uint8Array> | null = null;

/** Into the folder that the stick's copies go to: the same picture as it was before somebody worked on it. */
export async function placeEarlierHarbour(home: string, browser: Browser): Promise<void> {
  picture ??= harbour(browser);
  const jpeg = Buffer.from(await picture).toString('base64');
  const page = await browser.newPage();
  const base64 = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/jpeg;base64,${source}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 1200;
    canvas.height = 800;
    const c = canvas.getContext('2d');
    if (c === null) throw new Error('no canvas');
    c.filter = 'saturate(0.3) brightness(0.82)';
    c.drawImage(image, 200, 120, 1500, 1000, 0, 0, 1200, 800);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1];
  }, jpeg);
  await page.close();
  const path = join(rememberCopies(home, 'SUMMER 26'), 'Harbour 3.jpg');
  writeFileSync(path, Buffer.from(base64, 'base64'));
  const when = new Date(Date.UTC(2026, 8, 3, 9, 30));
  utimesSync(path, when, when);
}

/** Writes SUMMER 26 into a home. Returns its path. */
export async function placeSummerStick(home: string, browser: Browser): Promise<string> {
  picture ??= harbour(browser);
  const photos: StickEntry[] = Array.from({ length: 14 }, (_, i) => ({
    name: `Harbour ${i + 1}.jpg`,
    sizeBytes: 2_400_000 + ((i * 739_391) % 5_000_000),
  }));
  photos[2] = { ...photos[2], content: await picture };
  const pictures = (day: string, count: number): StickEntry => ({
    name: day,
    children: Array.from({ length: count }, (_, i) => ({
      name: `IMG_${2100 + i}.jpg`,
      sizeBytes: 3_100_000 + ((i * 577_219) % 4_000_000),
    })),
  });
  const root: StickEntry[] = [
    {
      name: 'Documents',
      children: [
        { name: 'Insurance.pdf', sizeBytes: 1_240_000 },
        { name: 'Itinerary.odt', sizeBytes: 91_000 },
        { name: 'tides.py', content: text(CODE) },
      ],
    },
    {
      name: 'Letters',
      children: [
        { name: 'To the harbour master.docx', sizeBytes: 38_000 },
        { name: 'harbour lights.txt', content: text(PACKING) },
      ],
    },
    {
      name: 'Music',
      children: Array.from({ length: 9 }, (_, i) => ({
        name: `0${i + 1} Shanty.flac`,
        sizeBytes: 21_000_000 + ((i * 7_390_391) % 30_000_000),
      })),
    },
    {
      name: 'Pictures',
      children: [
        pictures('Day 1, the harbour', 22),
        pictures('Day 2, Grey Island', 41),
        pictures('Day 5, storm', 9),
        { name: 'Panorama.tif', sizeBytes: 184_000_000 },
      ],
    },
    { name: 'Boat trip.mp4', sizeBytes: 1_630_000_000 },
    { name: 'Budget 2026.xlsx', sizeBytes: 48_200 },
    { name: 'Ferry tickets.pdf', content: ticket() },
    { name: 'Letters.zip', content: zip([{ name: 'Letters/' }, { name: 'Letters/summer.txt', content: PACKING }]) },
    { name: 'Packing list.txt', content: text(PACKING) },
    { name: 'Song for Ada.flac', sizeBytes: 31_400_000 },
    { name: 'Travel notes.docx', sizeBytes: 86_000 },
    { name: 'invoice\u202efdp.exe', content: program(), sizeBytes: 731_000 },
    ...photos,
  ];
  return placeSparseStick(join(home, 'summer.img'), 'SUMMER 26', root, CLUSTERS);
}

/** An ext4 stick of which three files cannot be read: their inodes say a type that there is not. Returns its path; throws without e2fsprogs. */
export function placeDamagedStick(home: string): string {
  const source = join(home, 'archive');
  const image = join(home, 'archive-2019.img');
  mkdirSync(join(source, 'Scans'), { recursive: true });
  mkdirSync(join(source, 'Minutes'));
  const names = [
    'Accounts.xlsx',
    'Annual report.pdf',
    'Ceremony.mov',
    'Contract.pdf',
    'Floor plan.png',
    'Guest list.csv',
    'Letter to Ada.odt',
    'Readme.txt',
    'Speech.mp3',
  ];
  names.forEach((name, i) => {
    writeFileSync(join(source, name), Buffer.alloc(20_000 + i * 31_000, i));
  });
  const when = new Date(Date.UTC(2019, 10, 4, 16, 20));
  for (const path of [...names, 'Scans', 'Minutes', '.']) utimesSync(join(source, path), when, when);
  const same = ['-U', '0b1f7a52-64c1-4f0e-9d3a-5e1c2a9b7d10', '-E', 'hash_seed=0b1f7a52-64c1-4f0e-9d3a-5e1c2a9b7d10'];
  // Which of the two is heeded depends on the version of e2fsprogs.
  const seconds = String(when.getTime() / 1000);
  const env = { ...process.env, SOURCE_DATE_EPOCH: seconds, E2FSPROGS_FAKE_TIME: seconds };
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-L', 'ARCHIVE', ...same, '-d', source, image, '32M'], { env });
  for (const name of ['Annual report.pdf', 'Ceremony.mov', 'Guest list.csv'])
    execFileSync('debugfs', ['-w', '-R', `set_inode_field "/${name}" mode 0177777`, image], { env, stdio: 'ignore' });
  return image;
}
