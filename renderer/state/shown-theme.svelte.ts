/** Whether the window is light or dark now: what frames of another origin, which do not inherit it, are told. */

import type { Settings } from '../../main/contract.ts';

export class ShownTheme {
  private readonly chosen: () => Settings['theme'];
  private systemIsDark = $state(false);

  /** To be made while a component is. */
  constructor(chosen: () => Settings['theme']) {
    this.chosen = chosen;
    $effect(() => {
      const dark = window.matchMedia('(prefers-color-scheme: dark)');
      const follow = () => {
        this.systemIsDark = dark.matches;
      };
      follow();
      dark.addEventListener('change', follow);
      return () => dark.removeEventListener('change', follow);
    });
  }

  get now(): 'light' | 'dark' {
    const chosen = this.chosen();
    if (chosen !== 'system') return chosen;
    return this.systemIsDark ? 'dark' : 'light';
  }
}
