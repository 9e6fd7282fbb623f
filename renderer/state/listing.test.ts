/** Reading a folder page by page. */

import { describe, expect, it } from 'vitest';
import type { Bridge, EntryPage, EntryReport } from '../../main/contract.ts';
import { Listing } from './listing.svelte.ts';
import type { Order } from './order.ts';

function entry(name: string): EntryReport {
  return {
    name,
    attr: {
      type: 'file',
      fileid: 1,
      size: 1,
      allocatedBytes: null,
      mode: null,
      nlink: null,
      uid: null,
      gid: null,
      mtime: null,
      atime: null,
      ctime: null,
      birthtime: null,
    },
  };
}

/** A bridge that gives these pages, then `failure` if there is one; it writes down what it was asked. */
function bridgeOf(pages: EntryPage[], asked: string[], failure: unknown = null): Bridge {
  const request = (name: string): Promise<unknown> => {
    asked.push(name);
    if (name === 'folder.open') return Promise.resolve({ listing: 'l1' });
    if (name === 'folder.close') return Promise.resolve(null);
    const page = pages.shift();
    return page === undefined ? Promise.reject(failure) : Promise.resolve(page);
  };
  return { request: request as Bridge['request'], on: () => () => {} };
}

const order: Order = { column: 'name', descending: false };
const page = (names: string[], end: boolean): EntryPage => ({ entries: names.map(entry), failures: [], end });

describe('Listing', () => {
  it('reads all pages in order and closes what it opened', async () => {
    const asked: string[] = [];
    const listing = new Listing(bridgeOf([page(['c', 'a'], false), page(['b'], true)], asked), () => ({
      order,
      showHidden: false,
    }));
    await listing.load('m', 1, '/');
    expect(listing.keys).toEqual(['a', 'b', 'c']);
    expect(listing.loading).toBe(false);
    expect(asked).toEqual(['folder.open', 'folder.read', 'folder.read', 'folder.close']);
  });

  it('hides hidden files and counts them', async () => {
    const listing = new Listing(bridgeOf([page(['.x', 'a'], true)], []), () => ({ order, showHidden: false }));
    await listing.load('m', 1, '/');
    expect(listing.keys).toEqual(['a']);
    expect(listing.hiddenCount).toBe(1);
    expect([listing.hides('.x'), listing.hides('a'), listing.hides('b')]).toEqual([true, false, false]);
  });

  it('shows what fits a filter only, and counts the rest', async () => {
    const pages = [page(['Été.txt', 'b.jpg', '.hidden.txt', 'c.TXT'], true)];
    const listing = new Listing(bridgeOf(pages, []), () => ({ order, showHidden: false }));
    await listing.load('m', 1, '/');
    listing.filter = 'ete';
    expect(listing.keys).toEqual(['Été.txt']);
    listing.filter = '*.txt';
    expect(listing.keys).toEqual(['c.TXT', 'Été.txt']);
    expect(listing.filteredOut).toBe(1);
    expect(listing.hiddenCount).toBe(1);
  });

  it('keeps what could be read and tells what could not', async () => {
    const failure = { errno: 'EIO', kind: 'medium', message: 'bad sector' } as const;
    const damaged: EntryPage = {
      entries: [entry('a'), { name: 'b', attr: null, failure }],
      failures: [failure],
      end: true,
    };
    const listing = new Listing(bridgeOf([damaged], []), () => ({ order, showHidden: false }));
    await listing.load('m', 1, '/');
    expect(listing.keys).toEqual(['a', 'b']);
    expect(listing.failureCount).toBe(2);
    expect(listing.failures.map(({ name }) => name)).toEqual([null, 'b']);
  });

  it('keeps the pages before a failure, with the problem in words', async () => {
    const problem = { sentence: 'The stick was pulled out.', detail: null, canRestart: false };
    const listing = new Listing(bridgeOf([page(['a'], false)], [], { problem, failure: null }), () => ({
      order,
      showHidden: false,
    }));
    await listing.load('m', 1, '/');
    expect(listing.keys).toEqual(['a']);
    expect(listing.problem).toEqual(problem);
  });

  it('stops asking when the user has gone elsewhere', async () => {
    const asked: string[] = [];
    const listing = new Listing(bridgeOf([page(['a'], false), page(['b'], true)], asked), () => ({
      order,
      showHidden: false,
    }));
    const loaded = listing.load('m', 1, '/');
    listing.close();
    await loaded;
    expect(asked).toEqual(['folder.open', 'folder.close']);
  });
});
