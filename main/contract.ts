/**
 * What the renderer may ask of main and what it is told: two typed maps, requests and events. Both shells carry the same messages (Electron's IPC, a
 * WebSocket). The renderer imports types from here and nothing else of main; the validators of requests stand in `contract-validators.ts`.
 * Each area has a file of its own in contract/.
 * Names from a stick are data everywhere: the renderer shows them as text (see `displayText` of its own for control and bidi characters).
 */

import type { FailureReport } from '../kernel-worker/contract.ts';
import type { CopyingEvents, CopyingRequests } from './contract/copying.ts';
import type { FindingRequests } from './contract/finding.ts';
import type { HardwareEvents, HardwareRequests } from './contract/hardware.ts';
import type { HostRequests } from './contract/host.ts';
import type { KnowingRequests } from './contract/knowing.ts';
import type { LookoutEvents, LookoutRequests } from './contract/lookout.ts';
import type { MediaEvents, MediaRequests, Problem } from './contract/media.ts';
import type { PreviewRequests } from './contract/previews.ts';
import type { SettingsEvents, SettingsRequests } from './contract/settings.ts';
import type { ShellEvents, ShellRequests } from './contract/shell.ts';

export type {
  ContentClass,
  ContentType,
  EntryPage,
  EntryReport,
  Extattr,
  FailureReport,
  Finding,
  FindingKind,
  FoundPage,
  HealthReport,
  LogLine,
  LookoutFailure,
  MountInfo,
  Partition,
  PartitionTable,
  ProbeResult,
  ProgramSort,
  Properties,
  SearchQuery,
  Severity,
  SpaceNode,
  SpacePlace,
  SpaceProgress,
  SpaceView,
  Statvfs,
  TimeBound,
  Timespec,
  Vattr,
  VnodeType,
} from '../kernel-worker/contract.ts';

export type * from './contract/copying.ts';
export type * from './contract/finding.ts';
export type * from './contract/hardware.ts';
export type * from './contract/host.ts';
export type * from './contract/knowing.ts';
export type * from './contract/lookout.ts';
export type * from './contract/media.ts';
export type * from './contract/previews.ts';
export type * from './contract/settings.ts';
export type * from './contract/shell.ts';

/** Requests: name, arguments, answer. Every one may fail with a Problem. */
export interface Requests
  extends MediaRequests,
    HardwareRequests,
    LookoutRequests,
    FindingRequests,
    KnowingRequests,
    CopyingRequests,
    SettingsRequests,
    HostRequests,
    ShellRequests,
    PreviewRequests {}

export type RequestName = keyof Requests;

/** Events: name and payload. Lists are sent whole: they are short. */
export interface Events
  extends MediaEvents,
    HardwareEvents,
    LookoutEvents,
    CopyingEvents,
    SettingsEvents,
    ShellEvents {}

export type EventName = keyof Events;

/** What the renderer has to reach main: `window.airlock` in Electron (preload), a WebSocket client in the browser. */
export interface Bridge {
  request<Name extends RequestName>(
    name: Name,
    ...args: Parameters<Requests[Name]>
  ): Promise<ReturnType<Requests[Name]>>;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** Electron only: the host path of a dropped file. */
  pathOfDroppedFile?(file: File): string;
}

/** How a refused or failed request is told to the renderer. */
export interface RequestFailure {
  problem: Problem;
  failure: FailureReport | null;
}

/**
 * The browser shell's WebSocket, at `/bridge` of the page's own origin, with the subprotocols 'airlock' and the token; one JSON text a frame. The page
 * is opened as `/#TOKEN`; a token serves once, so the first frame that main sends holds the one for the next connection (reload, reconnect).
 */
export interface WireRequest {
  id: number;
  name: RequestName;
  args: unknown[];
}

export type WireMessage =
  | { token: string }
  | { id: number; value: unknown }
  | { id: number; failed: RequestFailure }
  | { event: EventName; payload: unknown };
