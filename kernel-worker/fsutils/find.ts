/** `fsu_find`: walks a file hierarchy and prints what an expression selects, after find(1). */

import { type FtsEntry, fts } from '../rump/vfs/fts.ts';
import { bytesFromName, withoutTrailing } from '../rump/vfs/names.ts';
import { takeMedium } from './commandline.ts';
import { type FoundFile, parseExpression } from './find-expression.ts';
import { modeText } from './ls.ts';
import { openSession, type Session, vnodeOfArgument } from './session.ts';
import { complain } from './terminal.ts';

export const usage =
  'fsu_find [-t fstype] [-o options] [-p number] [-f] device [path ...] [expression of -name -iname -path -type -size -mtime -newer -links -empty -maxdepth -mindepth -prune -print -print0 -ls ! -a -o ( )]';

export async function find(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  const first = rest.findIndex((word) => word.startsWith('-') || word === '!' || word === '(');
  const paths = first < 0 ? rest : rest.slice(0, first);
  const words = first < 0 ? [] : rest.slice(first);
  // Parsed once before the medium is opened, so that a wrong expression is a usage error.
  parseExpression(words, () => null, Date.now());
  const session = await openSession(medium, environment);
  const expression = parseExpression(words, (path) => vnodeOfArgument(session, path, true).attr.mtime, Date.now());
  let failures = 0;

  const visit = (found: FoundFile) => {
    if (found.depth < expression.minDepth || found.depth > expression.maxDepth) return true;
    const { actions, prune } = expression.evaluate(found);
    for (const action of actions) print(session, found, action);
    return !prune;
  };
  for (const path of paths.length === 0 ? ['/'] : paths) {
    const start = vnodeOfArgument(session, path, false);
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const lastName = withoutTrailing(path, '/').split('/').pop() || '/';
    if (!visit({ path, name: lastName, depth: 0, attr: start.attr, vnode: start }) || start.attr.type !== 'dir')
      continue;
    let enters = true;
    const enter = (entry: FtsEntry) => enters && entry.depth < expression.maxDepth;
    // Without an expression, names are all that is printed.
    for (const { path: below, name, depth, vnode, failure } of fts(session.mount, start, {
      enter,
      namesOnly: words.length === 0,
    })) {
      if (failure !== null) {
        failures += 1;
        session.output.flush();
        complain(`fsu_find: ${prefix}${below}: ${failure.message}`);
      }
      if (vnode === null) {
        if (failure === null) printPath(session, prefix + below, '\n');
        continue;
      }
      enters = visit({ path: prefix + below, name, depth, attr: vnode.attr, vnode });
    }
  }
  session.output.flush();
  return failures === 0 ? 0 : 3;
}

function print(session: Session, found: FoundFile, action: 'print' | 'print0' | 'ls'): void {
  if (action === 'ls') {
    const { attr } = found;
    session.output.text(
      `${attr.fileid} ${modeText(attr)} ${attr.nlink ?? 1} ${attr.uid ?? '-'} ${attr.gid ?? '-'} ${attr.size} `,
    );
  }
  printPath(session, found.path, action === 'print0' ? '\0' : '\n');
}

function printPath({ output, mount }: Session, path: string, end: string): void {
  output.name(path, (text) => bytesFromName(text, mount.info.nameEncoding));
  output.text(end);
}
