/** What a detector of the look-out tells of a file of bytes: 'kind', with what it quotes and where it is not of its usual severity. */

import { type ExaminedFile, examinedBytes } from '../../kernel-worker/lookout/examined.ts';
import type { FindingKind, Tell, Telling } from '../../kernel-worker/lookout/finding.ts';
import type { Vattr } from '../../kernel-worker/rump/vfs/vnode.ts';

export interface Given {
  attr?: Partial<Vattr>;
  inRoot?: boolean;
}

export function tellings(
  detector: (file: ExaminedFile, tell: Tell) => void,
  name: string,
  content: Uint8Array | string,
  { attr = {}, inRoot = false }: Given = {},
): string[] {
  const lines: string[] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const file = { ...examinedBytes(name, bytes, attr), inRoot };
  detector(file, (kind: FindingKind, { quote, severity, sort, bytes: size }: Telling = {}) => {
    lines.push([kind, severity, sort, size, quote].filter((part) => part !== undefined && part !== '').join(' | '));
  });
  return lines;
}
