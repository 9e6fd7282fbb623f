/** How the further views of an image (NAME.VIEW.manifest.jsonl) are asked for: driver and mount options for each driver's name and view. */

export interface View {
  /** Where the reference reader read a partition of a medium that is otherwise opened whole. */
  partition?: number;
  fstype?: string;
  options: Record<string, string>;
}

/** Keyed 'VIEW' or, where an image needs something else, 'IMAGE/VIEW'. */
export const VIEWS: Record<string, View> = {
  '': { options: {} },
  noreplay: { options: { noload: '' } },
  joliet: { fstype: 'cd9660', options: { joliet: '' } },
  plain: { fstype: 'cd9660', options: { norrip: '', nojoliet: '' } },
  iso: { fstype: 'cd9660', options: {} },
  'udf-102-bridge-only-genisoimage/iso': { fstype: 'cd9660', options: { map: 'normal' } },
  // The reference reader took the Joliet tree here, though the last session has Rock Ridge.
  'iso-multisession-genisoimage/': { options: { joliet: '' } },
  // The reference reader was told to show names as they are stored.
  'hfsplus-4k/': { options: { nodecompose: '' } },
  'hfsplus-512/': { options: { nodecompose: '' } },
  'hfsx-4k/': { options: { nodecompose: '' } },
  'hfsx-journal-2k/': { options: { nodecompose: '' } },
  'hfsplus-iso-hybrid-xorriso/': { partition: 3, options: { nodecompose: '' } },
  session1: { fstype: 'cd9660', options: { session: '1' } },
};

export function viewOf(image: string, view: string): View {
  const found = VIEWS[`${image}/${view}`] ?? VIEWS[view];
  if (found === undefined) throw new Error(`nobody says how view '${view}' of ${image} is mounted`);
  return found;
}
