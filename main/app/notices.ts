/** What the desktop tells while the window is not in front: a stick was plugged in, a copy has ended or waits for an answer. */

import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Job, Medium } from '../contract.ts';
import { texts } from '../texts.ts';

export type NotificationClass = (new (
  options: NotificationConstructorOptions,
) => Notification) & {
  isSupported(): boolean;
};

export interface NoticeOptions {
  iconPath: string;
  /** Nothing is told while the user looks at the window anyway. */
  isInFront(): boolean;
  /** The setting. */
  tellsPlugged(): boolean;
  /** Brings the window to the front, with this medium if there is one. */
  show(mediumId: string | null): void;
}

export class Notices {
  private readonly Notification: NotificationClass;
  private readonly options: NoticeOptions;
  /** null until the first list: what was there at the start was not plugged in now. */
  private present: Set<string> | null = null;
  private states = new Map<string, Job['state']>();
  /** Shown ones, which would not be clickable any more if they were collected. */
  private readonly shown = new Set<Notification>();

  constructor(Notification: NotificationClass, options: NoticeOptions) {
    this.Notification = Notification;
    this.options = options;
  }

  mediaChanged(media: readonly Medium[]): void {
    const there = media.filter(isPlugged);
    const { present } = this;
    this.present = new Set(there.map(({ id }) => id));
    if (present === null || !this.options.tellsPlugged()) return;
    const { notice } = texts().desktop;
    for (const { id, name } of there)
      if (!present.has(id)) this.tell(notice.plugged, notice.pluggedBody(plainName(name)), id);
  }

  jobsChanged(jobs: readonly Job[]): void {
    const before = this.states;
    this.states = new Map(jobs.map(({ id, state }) => [id, state]));
    for (const job of jobs) {
      const was = before.get(job.id);
      if (was === undefined || was === job.state) continue;
      const notice = noticeOf(job);
      if (notice !== null) this.tell(notice.title, notice.body, job.mediumId);
    }
  }

  private tell(title: string, body: string, mediumId: string): void {
    if (!this.Notification.isSupported() || this.options.isInFront()) return;
    const notice = new this.Notification({ title, body, icon: this.options.iconPath });
    this.shown.add(notice);
    notice.on('click', () => this.options.show(mediumId));
    notice.on('close', () => this.shown.delete(notice));
    notice.show();
  }
}

function isPlugged({ kind, state, system, removable, hasMedium }: Medium): boolean {
  return kind === 'device' && removable && !system && hasMedium && state !== 'gone';
}

function noticeOf(job: Job): { title: string; body: string } | null {
  const { notice } = texts().desktop;
  const name = plainName(job.mediumName);
  const count = (files: number): [string, number] => [new Intl.NumberFormat().format(files), files];
  if (job.state === 'asking') return { title: notice.asks, body: notice.asksBody(name) };
  if (job.state === 'failed') return { title: notice.failed, body: notice.failedBody(name) };
  if (job.state !== 'done') return null;
  if (job.failed > 0) return { title: notice.partly, body: notice.partlyBody(...count(job.failed), name) };
  return { title: notice.copied, body: notice.copiedBody(...count(job.doneFiles), name) };
}

/** Longer names say no more in a notification. */
const MAX_NAME_LENGTH = 60;

/**
 * A name of a stick's own choosing for places that interpret text: without control and format characters, and without the three that are markup in
 * notifications on Linux (freedesktop.org, Desktop Notifications, "Markup").
 */
export function plainName(name: string): string {
  const plain = name
    .replace(/[\p{C}<>&]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > MAX_NAME_LENGTH ? `${plain.slice(0, MAX_NAME_LENGTH - 1).trimEnd()}…` : plain;
}
