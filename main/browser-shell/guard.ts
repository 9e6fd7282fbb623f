/**
 * Who may talk to the browser shell: requests to the loopback address by its number, from the page's own origin, with a token that serves once. Other
 * pages in the same browser, other users of the machine and names that are made to point here (DNS rebinding) may not.
 */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const LOOPBACK = '127.0.0.1';

/** 256 bits: nobody guesses it. */
const TOKEN_BYTES = 32;
/** Tokens given out for a reconnect and not used: a tab each. */
const MAX_TOKENS = 8;

export class Tokens {
  private valid: Buffer[] = [];

  issue(): string {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.valid.push(Buffer.from(token));
    if (this.valid.length > MAX_TOKENS) this.valid.shift();
    return token;
  }

  /** Whether the token is one that was issued; it serves no second time. */
  redeem(token: string): boolean {
    const given = Buffer.from(token);
    const found = this.valid.find((known) => known.length === given.length && timingSafeEqual(known, given));
    this.valid = this.valid.filter((known) => known !== found);
    return found !== undefined;
  }
}

/** Whether the request was made to this very address, by this page if by a page at all. */
export function isFromHere(headers: IncomingHttpHeaders, port: number): boolean {
  const authority = `${LOOPBACK}:${port}`;
  if (headers.host !== authority) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${authority}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
