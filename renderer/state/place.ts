/** Paths within a volume: '/'-separated names as the kernel gave them out. */

export interface Crumb {
  name: string;
  path: string;
}

export function childPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The folder above; '/' has none. */
export function parentPath(path: string): string | null {
  if (path === '/') return null;
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folders from the root to `path`, the root with an empty name. */
export function crumbs(path: string): Crumb[] {
  const list: Crumb[] = [{ name: '', path: '/' }];
  for (const name of path.split('/').filter((part) => part !== '')) {
    list.push({ name, path: childPath(list[list.length - 1].path, name) });
  }
  return list;
}
