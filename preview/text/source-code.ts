/** Colours of source code (packages lowlight and highlight.js). The result is text in pieces, never markup. */

import { common, createLowlight } from 'lowlight';
import { inLines, type Piece } from './lines.ts';

const highlighter = createLowlight(common);

/** Extensions that are neither a language's name nor one of its aliases. */
const EXTENSIONS: Record<string, string> = {
  h: 'c',
  hpp: 'cpp',
  htm: 'xml',
  svg: 'xml',
  plist: 'xml',
  svelte: 'xml',
  vue: 'xml',
  mjs: 'javascript',
  cjs: 'javascript',
  mts: 'typescript',
  cts: 'typescript',
  cfg: 'ini',
  conf: 'ini',
  inf: 'ini',
  desktop: 'ini',
  url: 'ini',
  reg: 'ini',
  service: 'ini',
  zsh: 'bash',
  ksh: 'bash',
  pm: 'perl',
  markdown: 'markdown',
};
const MIMES: Record<string, string> = {
  'text/html': 'xml',
  'text/xml': 'xml',
  'image/svg+xml': 'xml',
  'application/hta': 'xml',
  'text/x-windows-script': 'xml',
  'application/x-php': 'php',
  'text/x-shellscript': 'bash',
  'text/x-autorun': 'ini',
  'application/x-desktop': 'ini',
  'application/x-mswinurl': 'ini',
  'text/x-ms-regedit': 'ini',
  'text/x-scf': 'ini',
};
const INTERPRETERS = /^#!.*\b(bash|python|perl|ruby|node|php|lua)\d?/;
/** A plain text says so by its extension; colours would only be in the way. */
const PLAIN = ['txt', 'log', 'csv', 'tsv', 'text'];

/** The highlighter's name for what this is written in; null: not known. */
export function languageOf(extension: string, mime: string, text: string): string | null {
  if (PLAIN.includes(extension)) return null;
  const interpreter = INTERPRETERS.exec(text.slice(0, 200))?.[1];
  const named = extension === '' ? undefined : (EXTENSIONS[extension] ?? extension);
  const candidates = [interpreter === 'node' ? 'javascript' : interpreter, MIMES[mime], named];
  return candidates.find((name) => name !== undefined && highlighter.registered(name)) ?? null;
}

/** What lowlight gives: a tree of elements with classes, and text (hast). */
interface TreeNode {
  type: string;
  value?: unknown;
  properties?: { className?: unknown };
  children?: TreeNode[];
}

export function colouredLines(text: string, language: string): Piece[][] {
  return inLines(piecesOf(highlighter.highlight(language, text) as TreeNode, ''));
}

function* piecesOf(node: TreeNode, classes: string): Generator<Piece> {
  if (node.type === 'text') {
    yield { text: String(node.value ?? ''), classes };
    return;
  }
  const own = node.properties?.className;
  const inner = Array.isArray(own) ? own.join(' ') : classes;
  for (const child of node.children ?? []) yield* piecesOf(child, inner);
}
