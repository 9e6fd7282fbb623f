/** Simplified Chinese: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: '弹出',
    closeImage: '关闭',
    imageClosed: (name) => `${name} 已关闭，其中的内容未作任何更改。`,
    ejected: (name) => `可以拔出 ${name} 了。`,
    runningTitle: '复制仍在进行',
    running: (name) => `如果现在弹出 ${name}，复制将停止。已完整复制的文件会保留，不会留下不完整的文件。`,
    force: '停止复制并弹出',
    keep: '继续复制',
  },
} satisfies typeof english;
