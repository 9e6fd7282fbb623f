/** All texts in Arabic. */

import { browse } from './browse.ts';
import { drives } from './drives.ts';
import { eject } from './eject.ts';
import { failures } from './failures.ts';
import { find } from './find.ts';
import { hardware } from './hardware.ts';
import { help } from './help.ts';
import { look } from './look.ts';
import { lookout } from './lookout.ts';
import { medium } from './medium.ts';
import { pages } from './pages.ts';
import { service } from './service.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { transfers } from './transfers.ts';
import { window } from './window.ts';

export const ar = {
  ...browse,
  ...drives,
  ...eject,
  ...failures,
  ...find,
  ...hardware,
  ...help,
  ...look,
  ...lookout,
  ...medium,
  ...pages,
  ...service,
  ...settings,
  ...shell,
  ...transfers,
  ...window,
};
