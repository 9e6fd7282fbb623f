/** The built interface's files (dist/renderer), as both shells serve them: read by a list made at start, so that no path from outside is followed. */

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface InterfaceFile {
  type: string;
  content: Buffer;
}

/** From a URL's path to the file; null if there is none. */
export function interfaceFiles(folder: string): (urlPath: string) => InterfaceFile | null {
  const paths = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || TYPES[extname(entry.name)] === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    paths.set(
      `/${path
        .slice(folder.length + 1)
        .split(sep)
        .join('/')}`,
      path,
    );
  }
  return (urlPath) => {
    const path = paths.get(urlPath === '/' ? '/index.html' : urlPath);
    return path === undefined ? null : { type: TYPES[extname(path)], content: readFileSync(path) };
  };
}
