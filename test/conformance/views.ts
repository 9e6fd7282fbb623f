/** How the further views of an image (NAME.VIEW.manifest.jsonl) are asked for: driver and mount options for each driver's name and view. */

export interface View {
  fstype?: string;
  options: Record<string, string>;
}

/** Keyed 'VIEW' or, where an image needs something else, 'IMAGE/VIEW'. */
export const VIEWS: Record<string, View> = {
  '': { options: {} },
  noreplay: { options: { noload: '' } },
};

export function viewOf(image: string, view: string): View {
  const found = VIEWS[`${image}/${view}`] ?? VIEWS[view];
  if (found === undefined) throw new Error(`nobody says how view '${view}' of ${image} is mounted`);
  return found;
}
