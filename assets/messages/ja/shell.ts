/** Japanese: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import type { Translation } from '../messages.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'ファイル',
      openImage: 'イメージを開く…',
      settings: '設定…',
      find: 'このフォルダー内を検索',
      search: 'メディア全体を検索…',
      view: '表示',
      help: 'ヘルプ',
      shortcuts: 'キーボードショートカット',
      quit: '終了',
    },
    tray: {
      hint: 'Airlock: 信頼できないUSBメモリを開く',
      noMedia: 'USBメモリは接続されていません',
      show: 'Airlockを表示',
    },
    notice: {
      plugged: 'USBメモリが接続されました',
      pluggedBody: (name) => `安全に見る: ${name}`,
      copied: 'コピー完了',
      copiedBody: (files, count, name) =>
        `${name}から${files}${plural(count, { other: '個のファイル' })}をコピーし、ディスク上で確認しました。`,
      partly: 'コピーしましたが、すべてではありません',
      partlyBody: (files, count, name) =>
        `${name}の${files}${plural(count, { other: '個のファイル' })}をコピーできませんでした。Airlockで確認できます。`,
      failed: 'コピーが止まりました',
      failedBody: (name) => `${name}のすべてはコピーされませんでした。理由はAirlockで確認できます。`,
      asks: 'コピーが回答を待っています',
      asksBody: (name) => `${name}のファイルがすでにあります。どうするか選んでください。`,
    },
    closing: {
      question: 'コピーがまだ続いています。',
      detail: 'コピー済みのファイルは残り、処理中のファイルは削除されます。',
      goOn: 'コピーを続ける',
      stop: '中止して終了',
    },
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies Translation<typeof english>;
