/** Simplified Chinese: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: { nonsense: '读取此介质的进程返回了无意义的内容，已被结束。此介质可能是为了造成危害而制作的。' },
    notADevice: '这不是设备。',
    notCopied: '只有 Airlock 复制过的文件才能交给其他程序。',
    emptySlot: '此驱动器中没有介质。',
    busyCopying: '仍在从此介质复制内容。请等待，或先取消复制。',
    image: {
      noAnswer: '介质没有响应。重新插入后可从停下的位置继续。',
      notADevice: '只有已插入的 U 盘、存储卡或驱动器才能保存为映像。',
      running: '此介质的映像已在保存中。',
      cannotRead: '无法读取此介质的原始字节。',
      removed: '介质已被拔出。重新插入后可从停下的位置继续。',
      noSpace: '此文件夹空间不足。请腾出空间，或选择其他磁盘上的文件夹。',
      tooLarge: '映像超过此文件夹允许的文件大小。请选择其他磁盘上的文件夹。',
      otherBytes: '磁盘返回的字节与写入的不一致。继续时会重新读取有误的部分。如果再次发生，请选择其他磁盘上的文件夹。',
      failed: '无法保存映像。',
      noName: '此文件夹中同名的映像太多。请选择其他文件夹。',
      noFolder: '此文件夹无法使用。请选择其他文件夹。',
      plugAgain: (name) => `${name} 不在。重新插入后可继续。`,
      notResumable: '此映像无法继续。',
      notFinished: '此映像仍在保存中。',
      notThere: '此映像已不在列表中。',
    },
  },
} satisfies typeof english;
