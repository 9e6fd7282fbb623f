/** Japanese: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'キーボード',
    intro: 'すべての操作はマウスなしでもできます。',
    close: '閉じる',
    or: 'または',
    areas: {
      window: 'どこでも',
      list: 'ファイルの一覧',
      look: 'ファイルを見ているとき',
      dialog: 'ダイアログ',
    },
    window: {
      search: 'メディア全体を検索',
      find: 'フォルダー内の名前を検索',
      help: 'この一覧を表示',
      openImage: 'イメージを開く',
      settings: '設定',
      copyOut: '選択した項目（なければすべて）をコピー',
      eject: 'メディアを取り出す・閉じる',
      details: '詳細の表示を切り替え',
      hidden: '隠しファイルの表示を切り替え',
    },
    list: {
      move: '上または下のファイルへ移動',
      ends: '最初または最後のファイルへ移動',
      pages: '1ページ上または下へ移動',
      range: '続けて複数選択',
      toggle: '選択に追加・選択から除外',
      all: 'すべて選択',
      copyFiles: 'ほかの場所に貼り付けるためにコピー',
      open: 'フォルダーを開く、ファイルを表示',
      look: 'ファイルを見る',
      up: '上のフォルダーへ移動',
      clear: '選択を解除',
      menu: 'できることを表示',
      type: 'その文字で始まる名前へ移動',
      typeKeys: '文字',
    },
    look: {
      next: '前または次のファイルを見る',
      pages: '1ページ上または下へ移動',
      ends: '先頭または末尾に移動',
      close: '見るのをやめる',
    },
    dialog: {
      walk: '次または前の項目へ移動',
      close: '閉じる',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Shift',
      alt: 'Alt',
      enter: 'Enter',
      backspace: 'Backspace',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Home',
      end: 'End',
      pageUp: 'Page Up',
      pageDown: 'Page Down',
      space: 'スペース',
    },
  },
} satisfies typeof english;
