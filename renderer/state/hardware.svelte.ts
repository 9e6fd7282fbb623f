/** What the window knows and does of hardware: the guard, media taken over, images being saved. */

import type { Bridge, Guard, ImageJob, Medium } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';
import { DismissibleList } from './dismissible.svelte.ts';
import type { Notices } from './notices.svelte.ts';

/** Asks main; a failure is told in a notice and gives null. */
type Attempt = <T>(work: Promise<T>) => Promise<T | null>;

export class Hardware {
  private readonly list: DismissibleList<ImageJob>;
  /** null: not asked yet. */
  guard = $state.raw<Guard | null>(null);
  /** While the switch waits for the host, which may ask for a password. */
  guardBusy = $state(false);
  /** The medium that is being taken over. */
  takingOver = $state<string | null>(null);
  private readonly bridge: Bridge;
  private readonly notices: Notices;
  private readonly attempt: Attempt;

  constructor(bridge: Bridge, notices: Notices, attempt: Attempt) {
    this.bridge = bridge;
    this.notices = notices;
    this.attempt = attempt;
    this.list = new DismissibleList(notices, (id) => {
      void attempt(bridge.request('imaging.dismiss', id));
    });
    bridge.on('imaging', (list) => this.list.take(list));
    void this.attempt(bridge.request('imaging.list')).then((list) => {
      if (list !== null) this.list.take(list);
    });
  }

  get images(): readonly ImageJob[] {
    return this.list.shown;
  }

  /** What is set now; others change it too, so it is asked whenever the switch is shown. */
  async askGuard(): Promise<void> {
    this.guard = (await this.attempt(this.bridge.request('guard.state'))) ?? this.guard;
  }

  async switchGuard(on: boolean): Promise<void> {
    this.guardBusy = true;
    this.guard = (await this.attempt(this.bridge.request('guard.switch', on))) ?? this.guard;
    this.guardBusy = false;
  }

  /** Gives the medium as it is then; null where the host did not let go, which is told. */
  async takeOver(medium: Medium): Promise<Medium | null> {
    this.takingOver = medium.id;
    const after = await this.attempt(this.bridge.request('media.takeOver', medium.id));
    this.takingOver = null;
    if (after?.state === 'open') this.notices.good(messages.takeOver.done(displayText(medium.name)));
    return after;
  }

  async saveImage(medium: Medium, folder: string): Promise<void> {
    this.learn(await this.attempt(this.bridge.request('imaging.start', medium.id, folder)));
  }

  async resume(job: ImageJob): Promise<void> {
    this.learn(await this.attempt(this.bridge.request('imaging.resume', job.id)));
  }

  async cancel(job: ImageJob): Promise<void> {
    await this.attempt(this.bridge.request('imaging.cancel', job.id));
  }

  dismiss(job: ImageJob): void {
    this.list.dismiss([job], messages.notice.imageDismissed);
  }

  isSaving(medium: Medium): boolean {
    return this.images.some((job) => job.mediumId === medium.id && job.finishedAtMs === null);
  }

  private learn(job: ImageJob | null): void {
    if (job !== null) this.list.learn(job);
  }
}
