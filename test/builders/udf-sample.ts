/** One tree of files with everything that UDF has, for each layout that udf.ts builds, and what a reader has to see of it. */

import { type FileSpec, type Identifier, UdfBuilder, type UdfOptions } from './udf.ts';
import {
  attributeSpace,
  compressed,
  creationAttribute,
  deviceAttribute,
  fields,
  longAd,
  useAttribute,
  zeros,
} from './udf-descriptors.ts';

export interface SampleFile {
  path: string;
  /** Of files. */
  content?: Buffer;
  /** Of symbolic links. */
  target?: string;
  type?: 'dir' | 'symlink' | 'chr' | 'blk' | 'fifo' | 'sock';
}

export interface Sample {
  image: Buffer;
  builder: UdfBuilder;
  files: SampleFile[];
  /** The long_ads that lead to the files' entries, by path. */
  icbs: Map<string, Buffer>;
}

/**
 * What the readers that the images were checked against know: Linux no extended allocation descriptors ('linux'), 7-Zip only files and folders of
 * one extent kind each ('plain').
 */
export type Kinds = 'all' | 'linux' | 'plain';

/** Bytes that tell where they belong, so that a wrong block shows. */
export function pattern(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 7 + (i >> 8) * 13 + seed * 31) & 0xff;
  return bytes;
}

/** Path components: 2 root, 3 parent, 4 current, 5 a name (ECMA-167 4/14.16). */
function components(...parts: Array<2 | 3 | 4 | string>): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.from([part, 0, 0, 0]);
      const name = compressed(part);
      return fields([5, 1], [name.length, 1], [0, 2], name);
    }),
  );
}

class SampleTree {
  readonly files: SampleFile[] = [];
  readonly icbs = new Map<string, Buffer>();
  readonly entries: Identifier[] = [];
  readonly builder: UdfBuilder;

  constructor(builder: UdfBuilder) {
    this.builder = builder;
  }

  /** Builds a file; it is put into the root directory unless it is of another. */
  add(path: string, spec: FileSpec, seen: Partial<SampleFile> = {}, identifier: Partial<Identifier> = {}): Buffer {
    const icb = this.builder.file(spec);
    this.icbs.set(path, icb);
    this.files.push({ path, content: spec.content ?? zeros(0), ...seen });
    const name = path.slice(1);
    if (!name.includes('/')) this.entries.push({ name, icb, ...identifier });
    return icb;
  }
}

/** Content in every kind of extents. */
function addFiles(tree: SampleTree, kinds: Kinds): void {
  const { blockSize: B } = tree.builder;
  tree.add('/hello.txt', { content: Buffer.from('hello\n'), entry: { links: 2 } });
  tree.add('/empty', {});
  tree.add('/日本語', { content: Buffer.from('16 bits') });
  tree.add('/short.bin', { content: pattern(1, 5 * B + 100), placed: 'short' });
  tree.add('/long.bin', { content: pattern(2, 7 * B + 1), placed: 'long' });
  if (kinds === 'plain') return;
  tree.add('/chain.bin', { content: pattern(3, 11 * B + 77), placed: 'chain' });
  const sparse = pattern(5, 8 * B + 9).fill(0, 2 * B, 6 * B);
  tree.add('/sparse.bin', { content: sparse, placed: 'long', unrecorded: { 1: 1, 2: 2 } });
  if (kinds === 'all') tree.add('/extended.bin', { content: pattern(4, 4 * B + 5), placed: 'extended' });
}

/** Other types of files, links, attributes, streams, hidden and deleted names. */
function addSpecial(tree: SampleTree, withStreams: boolean): void {
  const { blockSize: B } = tree.builder;
  tree.add('/real-time.bin', { content: pattern(6, 3 * B), placed: 'long', fileType: 249 });
  const target = components(2, 'a', 3, 4, 'Ünï', '日本');
  tree.add('/link', { content: target, fileType: 12 }, { type: 'symlink', target: '/a/.././Ünï/日本' });
  const relative = components(3, 'hello.txt');
  tree.add('/relative', { content: relative, fileType: 12 }, { type: 'symlink', target: '../hello.txt' });
  const device = (major: number, minor: number) => (at: number) => attributeSpace(at, [deviceAttribute(major, minor)]);
  tree.add('/null', { fileType: 7, attributes: device(1, 3) }, { type: 'chr' });
  tree.add('/loop', { fileType: 6, attributes: device(7, 300) }, { type: 'blk' });
  tree.add('/fifo', { fileType: 9 }, { type: 'fifo' });
  tree.add('/socket', { fileType: 10 }, { type: 'sock' });
  const finder = useAttribute('*UDF Mac FinderInfo', fields(zeros(6), Buffer.from('TEXTttxt'), zeros(24), zeros(8)));
  const os2 = useAttribute('*UDF OS/2 EA', fields([0, 1], [8, 1], [5, 2], Buffer.from('.SUBJECTvalue')));
  const attributes = (at: number) => attributeSpace(at, [creationAttribute()], [finder, os2]);
  tree.add('/attributes', { content: Buffer.from('x'), attributes });
  const hidden = { characteristics: 1, implementationUse: Buffer.from('use!') };
  tree.add('/hidden', { content: Buffer.from('h') }, {}, hidden);
  const streams = { comment: Buffer.from('a comment'), '*UDF Macintosh Resource Fork': pattern(7, 2 * B + 3) };
  if (withStreams) tree.add('/streams', { content: Buffer.from('main'), streams });
  const nowhere = longAd(0, { block: 0, partition: 0 });
  tree.entries.push({ name: 'deleted', icb: nowhere, characteristics: 4 });
  tree.entries.push({ name: Buffer.from([254, 0]), icb: nowhere, characteristics: 4 });
}

/** A directory of several blocks, with a second name of a file of the root. */
function addDirectory(tree: SampleTree, root: Buffer, placed: 'short' | 'long'): void {
  const own = tree.builder.reserve();
  const entries: Identifier[] = [];
  for (let i = 0; i < 60; i++) {
    const name = `entry ${i} with a name that makes the directory longer than a block`;
    entries.push({ name, icb: tree.add(`/sub/${name}`, { content: pattern(i, 40 + i) }) });
  }
  const hello = tree.icbs.get('/hello.txt');
  if (hello === undefined) throw new Error('hello.txt was not built');
  entries.push({ name: 'hard', icb: hello });
  tree.files.push({ path: '/sub/hard', content: Buffer.from('hello\n') });
  tree.builder.directory(own, root, entries, { placed });
  tree.icbs.set('/sub', own);
  tree.files.push({ path: '/sub', type: 'dir' });
  tree.entries.push({ name: 'sub', icb: own, characteristics: 2 });
}

export function buildSample(options: UdfOptions, kinds: Kinds = 'all'): Sample {
  const builder = new UdfBuilder(options);
  const tree = new SampleTree(builder);
  const root = builder.reserve();
  tree.icbs.set('/', root);
  addFiles(tree, kinds);
  if (kinds !== 'plain') addSpecial(tree, (options.revision ?? 0x201) >= 0x200);
  addDirectory(tree, root, builder.isMetadata ? 'short' : 'long');
  const rewritten = tree.add('/rewritten', { content: Buffer.from('second version') });
  builder.rewrite(rewritten, { content: Buffer.from('first version, which is stale') });
  builder.rewrite(rewritten, { content: Buffer.from('second version') });
  builder.directory(root, root, tree.entries.slice(0, 3));
  builder.rewriteDirectory(root, root, tree.entries, { placed: 'long' });
  return { image: builder.finish(root, 'Sample'), builder, files: tree.files, icbs: tree.icbs };
}
