/** Messages from the frame that shows a file, checked: it decodes what a stick holds, so nothing that comes from it is believed beyond this. */

import { FAILURE_CODES, type Facts, FRAME_KEYS, type FromFrame, NOTES } from '../../preview/protocol.ts';

const NUMBERS = ['width', 'height', 'seconds', 'pages', 'entries', 'unpackedBytes', 'lines'] as const;
const CHARSET = /^[a-z0-9_-]{2,20}$/;

/** null: not one of its messages. */
export function frameMessage(data: unknown): FromFrame | null {
  if (typeof data !== 'object' || data === null || !('type' in data)) return null;
  switch (data.type) {
    case 'ready':
    case 'pong':
      return { type: data.type };
    case 'failed': {
      const code = 'code' in data ? FAILURE_CODES.find((known) => known === data.code) : undefined;
      return code === undefined ? null : { type: 'failed', code };
    }
    case 'key': {
      const key = 'key' in data ? FRAME_KEYS.find((known) => known === data.key) : undefined;
      return key === undefined ? null : { type: 'key', key };
    }
    case 'facts':
      return 'facts' in data ? { type: 'facts', facts: checkedFacts(data.facts) } : null;
    default:
      return null;
  }
}

/** What is no number or no known word is left out. */
function checkedFacts(told: unknown): Facts {
  if (typeof told !== 'object' || told === null) return {};
  const given = told as Record<string, unknown>;
  const facts: Facts = {};
  for (const name of NUMBERS) {
    const value = given[name];
    if (typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER) facts[name] = value;
  }
  if (typeof given.charset === 'string' && CHARSET.test(given.charset)) facts.charset = given.charset;
  const { notes } = given;
  if (Array.isArray(notes)) facts.notes = NOTES.filter((note) => notes.includes(note));
  return facts;
}
