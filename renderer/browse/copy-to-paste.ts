/**
 * Copying entries to the clipboard, to be pasted in the desktop's file manager: they are copied and compared first, as for a drag (drag-out.ts), so that no
 * other program ever reads from the stick.
 */

import type { DragOptions, DragSource } from './drag-out.ts';

export class CopyToPaste {
  private readonly options: DragOptions;
  private last = 0;

  constructor(options: DragOptions) {
    this.options = options;
  }

  async start({ mediumId, volume, paths }: DragSource): Promise<void> {
    const { bridge, attempt, tellReady } = this.options;
    this.last += 1;
    const mine = this.last;
    const prepared = await attempt(bridge.request('copy.prepareDrag', mediumId, volume, paths));
    // What was asked for last is what shall be pasted.
    if (prepared === null || mine !== this.last) return;
    const isThere = await attempt(bridge.request('host.copyFiles', prepared.paths).then(() => true));
    if (isThere === true) tellReady();
  }
}
