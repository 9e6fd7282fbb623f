/** The expressions of find(1): primaries, '!', '-a', '-o' and parentheses. */

import type { Vnode } from '../rump/vfs/mount.ts';
import type { Timespec } from '../rump/vfs/time.ts';
import type { Vattr } from '../rump/vfs/vnode.ts';
import { UsageError } from './commandline.ts';
import { globPattern } from './glob.ts';

export interface FoundFile {
  path: string;
  name: string;
  /** 0 for the start itself. */
  depth: number;
  attr: Vattr;
  vnode: Vnode;
}

export type Action = 'print' | 'print0' | 'ls';

export interface Expression {
  minDepth: number;
  maxDepth: number;
  evaluate(found: FoundFile): { actions: Action[]; prune: boolean };
}

interface Outcome {
  actions: Action[];
  prune: boolean;
}
type Primary = (found: FoundFile, outcome: Outcome) => boolean;

const TYPES: Record<string, Vattr['type']> = {
  f: 'file',
  d: 'dir',
  l: 'symlink',
  p: 'fifo',
  c: 'chr',
  b: 'blk',
  s: 'sock',
};
const DAY_SECONDS = 86400;
/** `-size n` counts blocks of 512 bytes, `nc` bytes; k, M, G as everywhere. */
const SIZE_UNITS: Record<string, number> = { '': 512, c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** `mtimeOf` serves -newer; `nowMs` serves -mtime. UsageError. */
export function parseExpression(
  words: readonly string[],
  mtimeOf: (path: string) => Timespec | null,
  nowMs: number,
): Expression {
  const parser = new Parser(words, mtimeOf, nowMs);
  const top = parser.parse();
  return {
    minDepth: parser.minDepth,
    maxDepth: parser.maxDepth,
    evaluate(found) {
      const outcome: Outcome = { actions: [], prune: false };
      if (top(found, outcome) && !parser.hasAction) outcome.actions.push('print');
      return outcome;
    },
  };
}

class Parser {
  minDepth = 0;
  maxDepth = Number.POSITIVE_INFINITY;
  hasAction = false;
  private at = 0;
  private readonly words: readonly string[];
  private readonly mtimeOf: (path: string) => Timespec | null;
  private readonly nowMs: number;

  constructor(words: readonly string[], mtimeOf: (path: string) => Timespec | null, nowMs: number) {
    this.words = words;
    this.mtimeOf = mtimeOf;
    this.nowMs = nowMs;
  }

  parse(): Primary {
    if (this.words.length === 0) return () => true;
    const top = this.alternatives();
    if (this.at < this.words.length) throw new UsageError(`${this.words[this.at]}: not expected here`);
    return top;
  }

  private alternatives(): Primary {
    const terms = [this.conjunction()];
    while (this.words[this.at] === '-o' || this.words[this.at] === '-or') {
      this.at += 1;
      terms.push(this.conjunction());
    }
    return (found, outcome) => terms.some((term) => term(found, outcome));
  }

  private conjunction(): Primary {
    const factors = [this.factor()];
    while (this.at < this.words.length && !['-o', '-or', ')'].includes(this.words[this.at])) {
      if (this.words[this.at] === '-a' || this.words[this.at] === '-and') this.at += 1;
      factors.push(this.factor());
    }
    return (found, outcome) => factors.every((factor) => factor(found, outcome));
  }

  private factor(): Primary {
    const word = this.words[this.at];
    this.at += 1;
    if (word === '!' || word === '-not') {
      const negated = this.factor();
      return (found, outcome) => !negated(found, outcome);
    }
    if (word === '(') {
      const inner = this.alternatives();
      if (this.words[this.at] !== ')') throw new UsageError("missing ')'");
      this.at += 1;
      return inner;
    }
    return this.primary(word);
  }

  private primary(word: string | undefined): Primary {
    switch (word) {
      case '-name':
      case '-iname': {
        const pattern = globPattern(this.value(word), word === '-iname');
        return ({ name }) => pattern.test(name);
      }
      case '-path': {
        const pattern = globPattern(this.value(word), false);
        return ({ path }) => pattern.test(path);
      }
      case '-type': {
        const type = TYPES[this.value(word)];
        if (type === undefined) throw new UsageError(`-type takes one of ${Object.keys(TYPES).join(' ')}`);
        return ({ attr }) => attr.type === type;
      }
      case '-size':
        return this.size(this.value(word));
      case '-links': {
        const compare = comparison(this.value(word));
        return ({ attr }) => compare(attr.nlink ?? 1);
      }
      case '-mtime': {
        const compare = comparison(this.value(word));
        return ({ attr }) =>
          attr.mtime !== null && compare(Math.floor((this.nowMs / 1000 - attr.mtime.sec) / DAY_SECONDS));
      }
      case '-newer': {
        const reference = this.mtimeOf(this.value(word));
        return ({ attr }) => attr.mtime !== null && reference !== null && isLater(attr.mtime, reference);
      }
      case '-empty':
        return ({ attr }) => attr.type === 'file' && attr.size === 0;
      case '-prune':
        return (_found, outcome) => {
          outcome.prune = true;
          return true;
        };
      case '-maxdepth':
        this.maxDepth = depthOf(this.value(word));
        return () => true;
      case '-mindepth':
        this.minDepth = depthOf(this.value(word));
        return () => true;
      case '-print':
      case '-print0':
      case '-ls':
        return this.action(word);
      default:
        throw new UsageError(word === undefined ? 'an expression is missing' : `${word}: unknown expression`);
    }
  }

  private action(word: '-print' | '-print0' | '-ls'): Primary {
    this.hasAction = true;
    const action = word.slice(1) as Action;
    return (_found, outcome) => {
      outcome.actions.push(action);
      return true;
    };
  }

  private size(text: string): Primary {
    const unit = SIZE_UNITS[/[a-zA-Z]$/.exec(text)?.[0] ?? ''];
    if (unit === undefined) throw new UsageError(`-size: unknown unit in ${JSON.stringify(text)}`);
    const compare = comparison(text.replace(/[a-zA-Z]$/, ''));
    return ({ attr }) => compare(Math.ceil(attr.size / unit));
  }

  private value(word: string): string {
    const value = this.words[this.at];
    if (value === undefined) throw new UsageError(`${word} needs a value`);
    this.at += 1;
    return value;
  }
}

/** 'n', '+n' (more), '-n' (less). */
function comparison(text: string): (value: number) => boolean {
  const match = /^([+-]?)(\d+)$/.exec(text);
  if (match === null) throw new UsageError(`not a number: ${JSON.stringify(text)}`);
  const number = Number(match[2]);
  if (match[1] === '+') return (value) => value > number;
  if (match[1] === '-') return (value) => value < number;
  return (value) => value === number;
}

function depthOf(text: string): number {
  const depth = Number(text);
  if (!Number.isInteger(depth) || depth < 0) throw new UsageError(`not a depth: ${JSON.stringify(text)}`);
  return depth;
}

function isLater(a: Timespec, b: Timespec): boolean {
  return a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec);
}
