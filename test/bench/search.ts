/** `node dist/test/search.js IMAGE NAME`: the app's search, as its service does it: a worker under lockdown, slice by slice until the end. Prints what it counted. */

import { builtFile } from '../../main/built-files.ts';
import { nodeLauncher } from '../../main/kernels/node-launcher.ts';
import { closeMedium, openMedium } from '../../main/service/opened-medium.ts';
import { Searches } from '../../main/service/searches.ts';

const [path, name] = process.argv.slice(2);
const opened = await openMedium({ kind: 'image', path }, nodeLauncher(builtFile('kernel-worker', 'worker.js')), true);
const searches = new Searches({ opened: () => opened });
const query = {
  name,
  what: 'all',
  extensions: null,
  minBytes: null,
  maxBytes: null,
  modifiedFrom: null,
  modifiedBefore: null,
} as const;
const begun = performance.now();
const id = searches.open('bench', null, '/', query);
let found = 0;
let looked = 0;
let first: number | null = null;
for (let end = false; !end; ) {
  const slice = await searches.read(id);
  found += slice.entries.length;
  looked += slice.looked;
  if (first === null && found > 0) first = performance.now() - begun;
  end = slice.end;
}
const took = Math.round(performance.now() - begun);
console.log(`${found} of ${looked} in ${took} ms, the first after ${first === null ? '-' : Math.round(first)} ms`);
closeMedium(opened);
