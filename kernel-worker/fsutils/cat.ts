/** `fsu_cat`: writes the content of files to standard output, after cat(1). */

import { asKernelError, requestError } from '../rump/errno.ts';
import { MAX_READ_BYTES } from '../rump/vfs/genfs.ts';
import { takeMedium, UsageError } from './commandline.ts';
import { openSession, type Session, vnodeOfArgument } from './session.ts';
import { complain } from './terminal.ts';

export const usage = 'fsu_cat [-t fstype] [-o options] [-p number] [-f] device path[:stream] ...';

export async function cat(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  if (rest.length === 0) throw new UsageError('which file?');
  const session = await openSession(medium, environment);
  let status = 0;
  for (const path of rest) {
    try {
      writeContent(session, path);
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      session.output.flush();
      complain(`fsu_cat: ${path}: ${failure.message}`);
      status = 3;
    }
  }
  session.output.flush();
  return status;
}

function writeContent(session: Session, path: string): void {
  const { mount, output } = session;
  const stream = streamOf(session, path);
  const vnode = vnodeOfArgument(session, stream?.path ?? path, true);
  if (stream === null && vnode.attr.type !== 'file')
    throw requestError(vnode.attr.type === 'dir' ? 'EISDIR' : 'EINVAL', `is a ${vnode.attr.type}, not a file`);
  let offset = 0;
  for (;;) {
    const chunk = new Uint8Array(MAX_READ_BYTES);
    const count = stream ? mount.readextattr(vnode, stream.attribute, offset, chunk) : mount.read(vnode, offset, chunk);
    if (count === 0) return;
    output.bytes(chunk.subarray(0, count));
    output.flush();
    offset += count;
  }
}

/** 'file:stream', where no file has that whole name and the file has an alternate stream or attribute of that name. */
function streamOf(session: Session, path: string): { path: string; attribute: string } | null {
  const colon = path.lastIndexOf(':');
  if (colon <= path.lastIndexOf('/') + 1) return null;
  try {
    vnodeOfArgument(session, path, true);
    return null;
  } catch {
    const base = path.slice(0, colon);
    const wanted = path.slice(colon + 1);
    const vnode = vnodeOfArgument(session, base, true);
    const found = session.mount.listextattr(vnode).find(({ name }) => name === wanted || name === `user.${wanted}`);
    return found ? { path: base, attribute: found.name } : null;
  }
}
