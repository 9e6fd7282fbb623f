/** What the desktop tells while the window is not in front: a stick was plugged in, a copy has ended or waits for an answer. */

import type { Notification, NotificationConstructorOptions } from 'electron';
import type { ImageJob, Job, Medium } from '../contract.ts';
import { locale, texts } from '../texts.ts';

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

interface Notice {
  title: string;
  body: string;
}

/** By id. */
type States = Map<string, string>;

export class Notices {
  private readonly Notification: NotificationClass;
  private readonly options: NoticeOptions;
  /** null until the first list: what was there at the start was not plugged in now. */
  private present: Set<string> | null = null;
  private jobs: States = new Map();
  private images: States = new Map();
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
    this.jobs = this.tellChanges(this.jobs, jobs, noticeOf);
  }

  imagesChanged(images: readonly ImageJob[]): void {
    this.images = this.tellChanges(this.images, images, imageNoticeOf);
  }

  /** Tells of each that is in another state than before. */
  private tellChanges<Changed extends Job | ImageJob>(
    before: States,
    now: readonly Changed[],
    noticeOf: (changed: Changed) => Notice | null,
  ): States {
    for (const each of now) {
      const was = before.get(each.id);
      const notice = was === undefined || was === each.state ? null : noticeOf(each);
      if (notice !== null) this.tell(notice.title, notice.body, each.mediumId);
    }
    return new Map(now.map(({ id, state }) => [id, state]));
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

function noticeOf(job: Job): Notice | null {
  const { notice } = texts().desktop;
  const name = plainName(job.mediumName);
  const count = (files: number): [string, number] => [new Intl.NumberFormat(locale()).format(files), files];
  if (job.state === 'asking') return { title: notice.asks, body: notice.asksBody(name) };
  if (job.state === 'failed') return { title: notice.failed, body: notice.failedBody(name) };
  if (job.state === 'interrupted') return { title: notice.interrupted, body: notice.interruptedBody(name) };
  if (job.state !== 'done') return null;
  if (job.failed > 0) return { title: notice.partly, body: notice.partlyBody(...count(job.failed), name) };
  return { title: notice.copied, body: notice.copiedBody(...count(job.doneFiles), name) };
}

function imageNoticeOf({ state, mediumName, unreadableBytes }: ImageJob): Notice | null {
  const { notice } = texts().desktop;
  const name = plainName(mediumName);
  if (state === 'failed') return { title: notice.imageFailed, body: notice.imageFailedBody(name) };
  if (state === 'interrupted') return { title: notice.imageFailed, body: notice.interruptedBody(name) };
  if (state !== 'done') return null;
  const body = unreadableBytes > 0 ? notice.imagePartlyBody(name) : notice.imageSavedBody(name);
  return { title: notice.imageSaved, body };
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
