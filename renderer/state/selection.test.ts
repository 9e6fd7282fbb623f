/** Selecting by mouse and keyboard as desktop file lists do it. */

import { beforeEach, describe, expect, it } from 'vitest';
import { Selection } from './selection.svelte.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const plain = { toggle: false, range: false };
const ctrl = { toggle: true, range: false };
const shift = { toggle: false, range: true };

describe('Selection', () => {
  let selection: Selection;
  const chosen = () => [...selection.selected].sort().join('');
  beforeEach(() => {
    selection = new Selection();
  });

  it('takes one by a click, adds and takes away by ctrl', () => {
    selection.click(names, 'b', plain);
    selection.click(names, 'd', ctrl);
    expect(chosen()).toBe('bd');
    selection.click(names, 'b', ctrl);
    expect(chosen()).toBe('d');
    selection.click(names, 'a', plain);
    expect(chosen()).toBe('a');
  });

  it('takes a range by shift from the anchor, and turns it around there', () => {
    selection.click(names, 'c', plain);
    selection.click(names, 'e', shift);
    expect(chosen()).toBe('cde');
    selection.click(names, 'a', shift);
    expect(chosen()).toBe('abc');
    selection.click(names, 'e', { toggle: true, range: true });
    expect(chosen()).toBe('abcde');
  });

  it('moves by arrow, extends by shift and arrow, walks without selecting by ctrl and arrow', () => {
    selection.moveTo(names, 'b', plain);
    selection.moveTo(names, 'c', shift);
    selection.moveTo(names, 'd', shift);
    expect(chosen()).toBe('bcd');
    selection.moveTo(names, 'c', shift);
    expect(chosen()).toBe('bc');
    selection.moveTo(names, 'e', ctrl);
    expect(chosen()).toBe('bc');
    expect(selection.active).toBe('e');
    selection.toggle('e');
    expect(chosen()).toBe('bce');
  });

  it('shift without an anchor takes the one row', () => {
    selection.moveTo(names, 'd', shift);
    expect(chosen()).toBe('d');
  });

  it('lets go of what is not shown any more: what is copied is what is seen', () => {
    selection.all(names);
    selection.active = 'e';
    selection.keepOnly(['a', 'b']);
    expect(chosen()).toBe('ab');
    expect(selection.active).toBe(null);
  });

  it('tells what was chosen one by one when something takes its place, and only then', () => {
    const lost: string[] = [];
    selection.onLost = (names) => lost.push([...names].sort().join(''));
    selection.click(names, 'a', plain);
    for (const name of ['b', 'd', 'e']) selection.click(names, name, ctrl);
    selection.click(names, 'c', plain);
    expect(lost).toEqual(['abde']);
    selection.restore(new Set(['a', 'b', 'd', 'e']), ['a', 'b', 'c', 'd']);
    expect(chosen()).toBe('abd');
    selection.clear();
    expect(lost).toEqual(['abde', 'abd']);
    // Quickly done again: a range, everything, one or two; and a folder that is left.
    selection.click(names, 'a', plain);
    selection.click(names, 'e', shift);
    selection.clear();
    selection.all(names);
    selection.click(names, 'a', plain);
    selection.click(names, 'c', ctrl);
    selection.clear();
    for (const name of ['a', 'b', 'd']) selection.click(names, name, ctrl);
    selection.reset();
    expect(lost).toEqual(['abde', 'abd']);
  });
});
