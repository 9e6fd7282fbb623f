/** Symbolic links: a path as a sequence of components. ECMA-167 4/8.7.1 and 4/14.16, UDF 2.60, 2.3.13. */

import { damaged } from '../../rump/errno.ts';
import { fileNameOf } from './charset.ts';
import { readWhole, type Store } from './content.ts';
import type { Content } from './extents.ts';

/** Longer targets cannot be followed anyway (namei.ts); a component takes at most 259 bytes for some 250 characters. */
const MAX_TARGET_BYTES = 64 * 1024;

const COMPONENT = { otherRoot: 1, root: 2, parent: 3, current: 4, name: 5 } as const;
const COMPONENT_HEADER = 4;

/** The target, '/' between components. EUCLEAN, EIO. */
export function linkTarget(store: Store, content: Content): string {
  const bytes = readWhole(store, content, MAX_TARGET_BYTES, 'the target of a symbolic link');
  const names: string[] = [];
  let absolute = false;
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at + 1];
    if (at + COMPONENT_HEADER + length > bytes.length)
      throw damaged('a component of a symbolic link is cut off', { expected: length, found: bytes.length - at });
    const type = bytes[at];
    if (type === COMPONENT.root || type === COMPONENT.otherRoot) {
      absolute = true;
      names.length = 0;
    } else names.push(componentName(bytes, at, type, length));
    at += COMPONENT_HEADER + length;
  }
  return (absolute ? '/' : '') + names.join('/');
}

function componentName(bytes: Uint8Array, at: number, type: number, length: number): string {
  if (type === COMPONENT.parent) return '..';
  if (type === COMPONENT.current) return '.';
  const name = type === COMPONENT.name ? fileNameOf(bytes, at + COMPONENT_HEADER, length) : null;
  if (name === null || name === '')
    throw damaged('a symbolic link has a component that cannot be read', { found: `type ${type}` });
  return name;
}
