/** Japanese: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
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
      close: 'ウインドウを閉じる',
      edit: '編集',
      undo: '元に戻す',
      redo: 'やり直す',
      cut: '切り取り',
      copy: 'コピー',
      paste: '貼り付け',
      selectAll: 'すべて選択',
      actualSize: '実際のサイズ',
      zoomIn: '拡大',
      zoomOut: '縮小',
      fullScreen: '全画面表示',
      window: 'ウインドウ',
      minimize: 'しまう',
      about: 'Airlockについて',
      services: 'サービス',
      hide: 'Airlockを隠す',
      hideOthers: 'ほかを隠す',
      showAll: 'すべてを表示',
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
      interrupted: 'コピーが中断されました',
      interruptedBody: (name) => `${name}が抜かれました。続けるには、もう一度接続してください。`,
      imageSaved: 'イメージを保存しました',
      imageSavedBody: (name) => `${name}のすべてがディスクにあります。`,
      imagePartlyBody: (name) => `${name}の一部を読み取れませんでした。どれだけかはAirlockで確認できます。`,
      imageFailed: 'イメージの保存が止まりました',
      imageFailedBody: (name) => `${name}のイメージは完全ではありません。理由はAirlockで確認できます。`,
    },
    closing: {
      question: 'コピーがまだ続いています。',
      detail: 'コピー済みのファイルは残り、処理中のファイルは削除されます。',
      goOn: 'コピーを続ける',
      stop: '中止して終了',
    },
    dragReady: 'コピーできました。もう一度ドラッグしてください。',
    pasteReady: 'コピーできました。Airlockの終了までほかの場所に貼り付けられます。',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
