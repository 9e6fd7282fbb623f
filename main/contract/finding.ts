/** Finding: searching media, and what takes the space on them. Both are read slice by slice, so that whoever asks can stop at any time. */

import type { FoundPage, SearchQuery, SpaceProgress, SpaceView } from '../../kernel-worker/contract.ts';

/** A slice of a search's results. */
export interface FoundFiles extends FoundPage {
  /** In which all of these entries lie; they are named by whole paths. */
  volume: number;
  /** There are more results than are given: the search has ended at its limit. */
  limited: boolean;
}

export interface FindingRequests {
  /** A search in one volume, below a folder, or in all volumes of the medium (null). */
  'search.open': (mediumId: string, volume: number | null, path: string, query: SearchQuery) => { search: string };
  'search.read': (search: string) => FoundFiles;
  'search.close': (search: string) => null;
  /** Adds up what takes the space of a volume. */
  'space.open': (mediumId: string, volume: number) => { space: string };
  'space.read': (space: string) => SpaceProgress;
  /** One folder of it, once all is added up. */
  'space.view': (space: string, path: string) => SpaceView;
  'space.close': (space: string) => null;
}
