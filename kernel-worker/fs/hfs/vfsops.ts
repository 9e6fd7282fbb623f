/** vfsops(9) of hfs: HFS Plus and HFSX, bare or in an HFS wrapper, and HFS; read-only, with the journal replayed in memory. */

import type { FsDriver, MountArgs, Mounted } from '../../rump/vfs/vnode.ts';
import { mountClassic } from './classicmount.ts';
import { DEFAULT_ENCODING, ENCODINGS, loadEncoding } from './encoding.ts';
import type { HfsNode } from './hfsnode.ts';
import { locate } from './location.ts';
import { mountPlus } from './plusmount.ts';

export const driver: FsDriver<HfsNode> = {
  name: 'hfs',
  options: {
    noload: { about: 'do not replay the journal: show the state before the changes that it holds', values: [''] },
    encoding: {
      about: 'character set of names on HFS (not HFS Plus), by its script: roman unless given',
      values: ENCODINGS,
    },
    nodecompose: { about: 'show names as they are stored (decomposed), not composed', values: [''] },
  },
  prepare: (options) => loadEncoding(options.encoding ?? DEFAULT_ENCODING),
  mount,
};

function mount(args: MountArgs): Mounted<HfsNode> {
  const location = locate(args.device);
  return location.kind === 'plus' ? mountPlus(args, location) : mountClassic(args, location);
}
