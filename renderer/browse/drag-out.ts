/**
 * Dragging entries out of the window: they are copied and compared first, and then handed to the desktop's own drag, so that no other program ever reads
 * from the stick. What was let go of before it was ready is ready for the next drag.
 */

import type { Bridge } from '../../main/contract.ts';

export interface DragSource {
  mediumId: string;
  volume: number;
  paths: string[];
}

export interface DragOptions {
  bridge: Bridge;
  /** Tells a failure, and gives null then. */
  attempt<T>(work: Promise<T>): Promise<T | null>;
  /** Tells that the copies are there: the next drag begins at once, or they can be pasted. */
  tellReady(): void;
}

export class DragOut {
  private readonly options: DragOptions;
  /** The last that was let go of too early. A drag can take the files away: they serve once. */
  private ready: { key: string; paths: string[] } | null = null;
  private isPreparing = false;

  constructor(options: DragOptions) {
    this.options = options;
  }

  /** While the button is held: `released` says whether it was let go of since. */
  async start(source: DragSource, released: () => boolean): Promise<void> {
    const { bridge, attempt, tellReady } = this.options;
    const key = JSON.stringify(source);
    if (this.ready?.key === key) {
      const { paths } = this.ready;
      this.ready = null;
      await attempt(bridge.request('host.dragOut', paths));
      return;
    }
    // One at a time: there is one pointer.
    if (this.isPreparing) return;
    this.isPreparing = true;
    const prepared = await attempt(bridge.request('copy.prepareDrag', source.mediumId, source.volume, source.paths));
    this.isPreparing = false;
    if (prepared === null) return;
    if (!released()) {
      await attempt(bridge.request('host.dragOut', prepared.paths));
      return;
    }
    this.ready = { key, paths: prepared.paths };
    tellReady();
  }
}

/** Whether the button was let go of since this call. */
export function watchRelease(target: EventTarget): () => boolean {
  let released = false;
  const release = () => {
    released = true;
    for (const name of ['pointerup', 'pointercancel', 'mouseup']) target.removeEventListener(name, release, true);
  };
  for (const name of ['pointerup', 'pointercancel', 'mouseup']) target.addEventListener(name, release, true);
  return () => released;
}
