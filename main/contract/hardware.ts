/** What the app does with hardware beyond opening: taking a medium over from the host, keeping the host from mounting, saving an image. */

import type { Medium, Problem } from './media.ts';

/** What one thing of this computer that mounts sticks by itself is set to. */
export interface GuardPart {
  /** For experts: the desktop's settings schema, the udev rule. */
  name: string;
  /** Whether it keeps sticks from being mounted; null: it is not on this computer. */
  guards: boolean | null;
  /** Why it is not as was asked, or what is to be known of it. */
  note: string | null;
}

/** Whether this computer mounts sticks by itself, as far as that can be known. */
export interface Guard {
  /** `on`: nothing that is known here mounts sticks by itself; `unknown`: nothing was found that could be asked. */
  state: 'on' | 'off' | 'partly' | 'unknown';
  /** Whether anything is here that the switch sets. */
  canSwitch: boolean;
  /** For people: what is so, and what is not known. */
  sentence: string;
  parts: GuardPart[];
}

/** Saving a raw image of a medium. */
export interface ImageJob {
  id: string;
  mediumId: string;
  /** For people, as it was when the job began. */
  mediumName: string;
  /** The image's path once it is whole; it grows beside it as PATH.partial. */
  path: string;
  /** `interrupted`: the medium was pulled out; the same medium can be gone on with. */
  state: 'reading' | 'finishing' | 'done' | 'interrupted' | 'cancelled' | 'failed';
  sizeBytes: number;
  /** Tried so far, unreadable ones included. */
  doneBytes: number;
  unreadableBytes: number;
  /** Bytes that were there from an earlier time. */
  resumedBytes: number;
  /** Bytes a second over the last seconds; null before there is one. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** Of the whole image, with zeros for what could not be read; null unless done. */
  sha256: string | null;
  startedAtMs: number;
  finishedAtMs: number | null;
  problem: Problem | null;
}

export interface HardwareRequests {
  /** Unmounts everything of the medium that the host has mounted, and opens it so that nothing can mount it meanwhile. */
  'media.takeOver': (mediumId: string) => Medium;
  'guard.state': () => Guard;
  /** Off puts back what was set before. */
  'guard.switch': (on: boolean) => Guard;
  /** Into `folder`, under a name made of the medium's and the day's; one that was begun there of the same medium is gone on with. */
  'imaging.start': (mediumId: string, folder: string) => ImageJob;
  'imaging.cancel': (jobId: string) => null;
  /** Goes on with an image that was interrupted or cancelled, if the medium is there. */
  'imaging.resume': (jobId: string) => ImageJob;
  'imaging.dismiss': (jobId: string) => null;
  'imaging.list': () => ImageJob[];
}

export interface HardwareEvents {
  imaging: ImageJob[];
}
