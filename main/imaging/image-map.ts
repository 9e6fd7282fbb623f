/**
 * What of an image is there, in the format of GNU ddrescue's map files (its manual, "Mapfile structure"), so that ddrescue can go on with an image of ours:
 * lines of position, size and status, in ascending order and without gaps. What ddrescue does not know stands in comments.
 */

import { type Stretch, Stretches } from './stretches.ts';

/** '+' read, '-' cannot be read, '?' not tried. */
export type BlockStatus = '+' | '-' | '?';

export interface MapBlock {
  start: number;
  lengthBytes: number;
  status: BlockStatus;
}

/** What the image was begun with, so that it is not gone on with from another stick. */
export interface MapIdentity {
  sizeBytes: number;
  /** SHA-256 of the medium's beginning. */
  beginning: string;
}

/** More blocks are not written by us; a map is read by whoever goes on. */
const MAX_BLOCKS = 1_000_000;

export class ImageMap {
  readonly identity: MapIdentity;
  /** Of all that is '+' or '-'. */
  readonly stretches: Stretches;
  private blocks: MapBlock[];

  constructor(identity: MapIdentity, blocks?: MapBlock[], stretches: Stretch[] = []) {
    this.identity = identity;
    this.stretches = new Stretches(stretches);
    this.blocks = blocks ?? [{ start: 0, lengthBytes: identity.sizeBytes, status: '?' }];
  }

  all(): readonly MapBlock[] {
    return this.blocks;
  }

  /** What is left to try, in order. */
  untried(): MapBlock[] {
    return this.blocks.filter(({ status }) => status === '?');
  }

  unreadable(): MapBlock[] {
    return this.blocks.filter(({ status }) => status === '-');
  }

  bytesOf(status: BlockStatus): number {
    return this.blocks.reduce((sum, block) => (block.status === status ? sum + block.lengthBytes : sum), 0);
  }

  set(start: number, lengthBytes: number, status: BlockStatus): void {
    const end = start + lengthBytes;
    const first = indexAt(this.blocks, start);
    let last = first;
    while (last + 1 < this.blocks.length && this.blocks[last + 1].start < end) last += 1;
    const before = this.blocks[first];
    const after = this.blocks[last];
    const afterEnd = after.start + after.lengthBytes;
    const pieces: MapBlock[] = [
      { start: before.start, lengthBytes: start - before.start, status: before.status },
      { start, lengthBytes, status },
      { start: end, lengthBytes: afterEnd - end, status: after.status },
    ];
    const from = Math.max(0, first - 1);
    const until = Math.min(this.blocks.length, last + 2);
    const kept = [...this.blocks.slice(from, first), ...pieces, ...this.blocks.slice(last + 1, until)];
    this.blocks.splice(from, until - from, ...joined(kept));
  }

  /** These are to be read anew; what was read over them later stays. */
  forget(wrong: readonly Stretch[]): void {
    const before = this.blocks.map((block) => ({ ...block }));
    for (const stretch of this.stretches.close()) {
      if (wrong.includes(stretch)) this.set(stretch.start, stretch.lengthBytes, '?');
      else this.restore(before, stretch);
    }
    this.stretches.drop(wrong);
  }

  private restore(before: readonly MapBlock[], { start, lengthBytes }: Stretch): void {
    const end = start + lengthBytes;
    for (let i = indexAt(before, start); i < before.length && before[i].start < end; i++) {
      const from = Math.max(before[i].start, start);
      const until = Math.min(before[i].start + before[i].lengthBytes, end);
      this.set(from, until - from, before[i].status);
    }
  }
}

/** Of the block in which `position` lies. */
function indexAt(blocks: readonly MapBlock[], position: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle].start <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether both are of one medium, as it is at its beginning. */
export function isSameMedium(one: MapIdentity, other: MapIdentity): boolean {
  return one.sizeBytes === other.sizeBytes && one.beginning === other.beginning;
}

function joined(blocks: MapBlock[]): MapBlock[] {
  const result: MapBlock[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (block.lengthBytes === 0) continue;
    if (last?.status === block.status) last.lengthBytes += block.lengthBytes;
    else result.push({ ...block });
  }
  return result;
}

const hex = (value: number) => `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;

export function mapText(map: ImageMap): string {
  const { sizeBytes, beginning } = map.identity;
  const position = map.untried()[0]?.start ?? sizeBytes;
  const lines = map.all().map((block) => `${hex(block.start)}  ${hex(block.lengthBytes)}  ${block.status}`);
  const status = position < sizeBytes ? '?' : '+';
  const stretches = map.stretches
    .all()
    .map(({ start, lengthBytes, sha256 }) => `# read: ${hex(start)} ${hex(lengthBytes)} ${sha256}\n`);
  return `# Mapfile. Made by Airlock\n# medium: ${sizeBytes} ${beginning}\n${stretches.join('')}# current_pos  current_status  current_pass\n${hex(position)}     ${status}               1\n#      pos        size  status\n${lines.join('\n')}\n`;
}

/** null for what is no such map, or contradicts itself. ddrescue's other states count as not tried. */
export function parseMap(text: string): ImageMap | null {
  const medium = /^# medium: (\d+) ([0-9a-f]{64})$/m.exec(text);
  if (medium === null) return null;
  const identity = { sizeBytes: Number(medium[1]), beginning: medium[2] };
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const blocks: MapBlock[] = [];
  let end = 0;
  for (const row of rows.slice(1, MAX_BLOCKS)) {
    const [start, lengthBytes, status] = row.trim().split(/\s+/);
    if (Number(start) !== end || !(Number(lengthBytes) > 0) || !Number.isSafeInteger(Number(lengthBytes))) return null;
    const known = status === '+' || status === '-' ? status : '?';
    blocks.push({ start: end, lengthBytes: Number(lengthBytes), status: known });
    end += Number(lengthBytes);
  }
  return end === identity.sizeBytes ? new ImageMap(identity, joined(blocks), stretchesIn(text)) : null;
}

function stretchesIn(text: string): Stretch[] {
  const lines = text.matchAll(/^# read: (0x[0-9A-F]{1,14}) (0x[0-9A-F]{1,14}) ([0-9a-f]{64})$/gm);
  return Array.from(lines, ([, start, lengthBytes, sha256]) => {
    return { start: Number(start), lengthBytes: Number(lengthBytes), sha256 };
  });
}
