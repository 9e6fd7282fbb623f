/** What answers the requests of one area of the contract. */

import type { RequestName, Requests } from '../contract.ts';

export type HandlersOf<Area> = {
  [Name in keyof Area & RequestName]: (
    ...args: Parameters<Requests[Name]>
  ) => ReturnType<Requests[Name]> | Promise<ReturnType<Requests[Name]>>;
};
