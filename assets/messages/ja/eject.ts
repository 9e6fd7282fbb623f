/** Japanese: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: '取り出す',
    closeImage: '閉じる',
    imageClosed: (name) => `${name}を閉じました。内容は変更されていません。`,
    ejected: (name) => `${name}を抜いてかまいません。`,
    runningTitle: 'コピーがまだ続いています',
    running: (name) =>
      `今${name}を取り出すと、コピーは中止されます。完全にコピーされたファイルは残り、途中のファイルは残りません。`,
    force: 'コピーを中止して取り出す',
    keep: 'コピーを続ける',
  },
} satisfies typeof english;
