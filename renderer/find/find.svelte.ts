/** Finding: the bar over the files, which filters the folder by name or searches the whole medium, and the results of that search. */

import type { Session } from '../state/session.svelte.ts';
import { volumeName } from '../state/volume-name.ts';
import { displayText } from '../text/display-text.ts';
import { EMPTY_FORM, type FindForm, hasCriteria, queryOf } from './query.ts';
import { Results } from './results.svelte.ts';

export class Find {
  shown = $state(false);
  scope = $state<'folder' | 'medium'>('folder');
  form = $state.raw<FindForm>(EMPTY_FORM);
  criteriaShown = $state(false);
  results = $state.raw<Results | null>(null);
  /** The results stand in front; else a folder, and they can be gone back to. */
  front = $state(false);
  /** Counts up to call the field: also where the bar is open already. */
  called = $state(0);
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** Opens the bar, with the cursor in its field. */
  open(scope: 'folder' | 'medium' = this.scope): void {
    this.shown = true;
    this.called += 1;
    this.look(scope);
  }

  close(): void {
    this.results?.stop();
    if (this.front) this.session.selection.reset();
    this.shown = false;
    this.front = false;
    this.results = null;
    this.form = EMPTY_FORM;
    this.criteriaShown = false;
    this.scope = 'folder';
    this.filter();
  }

  change(change: Partial<FindForm>): void {
    this.form = { ...this.form, ...change };
    this.filter();
  }

  look(scope: 'folder' | 'medium'): void {
    if (this.scope === scope) return;
    this.scope = scope;
    if (scope === 'folder') this.leaveResults();
    this.filter();
  }

  /** Searches for what the form says; for nothing where it says nothing. */
  search(): void {
    const { session } = this;
    const query = queryOf(this.form);
    this.scope = 'medium';
    this.filter();
    if (query === null || session.mediumId === null) return;
    this.results?.stop();
    session.selection.reset();
    const several = (session.medium?.volumes.filter(({ info }) => info !== null).length ?? 0) > 1;
    const results = new Results(session.bridge, (volume, folder) => {
      const of = session.medium?.volumes.find(({ id }) => id === volume);
      return several && of !== undefined ? `${volumeName(of)}: ${displayText(folder)}` : folder;
    });
    this.results = results;
    this.front = true;
    void results.load({ mediumId: session.mediumId, volume: null, path: '/' }, query);
  }

  /** A folder is shown instead of the results; they stay to be gone back to. */
  leaveResults(): void {
    if (this.front) this.session.selection.reset();
    this.front = false;
  }

  /** Another folder is opened: it is shown whole, and results stay to be gone back to. */
  leaveFolder(): void {
    this.leaveResults();
    if (this.results === null) this.close();
  }

  backToResults(): void {
    if (this.results === null) return;
    this.session.selection.reset();
    this.front = true;
    this.scope = 'medium';
    this.filter();
  }

  get hasCriteria(): boolean {
    return hasCriteria(this.form);
  }

  /** The folder shows what fits the name, while the bar says so. */
  filter(): void {
    const { listing } = this.session;
    if (listing !== null) listing.filter = this.shown && this.scope === 'folder' ? this.form.name : '';
    this.session.selection.keepOnly(this.session.shown?.keys ?? []);
  }
}
