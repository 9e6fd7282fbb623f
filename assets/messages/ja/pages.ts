/** Japanese: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: '信じる前に、まず見る',
    first:
      'Airlockは、信頼できないUSBメモリやディスクイメージを開くためのアプリです。独自のファイルシステムドライバーが隔離されたプロセスで読み取るため、その内容がこのコンピューターのカーネルやファイルに届くことはありません。',
    second: '中を見て、必要なものをワンクリックでコピーし、取り出しましょう。',
    openImage: 'イメージを開く…',
    trySample: 'サンプルのUSBメモリを試す',
    hintDrop: 'ディスクイメージをこのウインドウにドロップすることもできます。',
    happens:
      'ここで開いたUSBメモリは、Airlock自身のドライバーが、ほかに何もできないプロセスの中で読み取ります。このコンピューターのカーネル、プログラム、ネットワークは関わりません。',
    notChanged: 'USBメモリの内容が変更されることはなく、コピーしない限り、何もこのコンピューターに入りません。',
    notChecked:
      'コピーしたものはUSBメモリにあるものと同じで、有害かどうかをAirlockは判断しません。知らない相手から受け取ったものと同じように、注意して開いてください。',
    begin: '始める',
    hintKeyboard: '?キーを押すと、いつでもキーボードショートカットを確認できます。',
    hintPlug: 'USBメモリを接続すると、メディアの一覧に表示されます。',
  },
  present: {
    open: '安全に開く',
    explain: 'まだ何も読み取っていません。ほかに何もできないプロセスが、読み取り専用で開きます。',
    system:
      'このコンピューターの起動ディスクです。システムディスクを表示する設定のため一覧にありますが、Airlockが開くことはありません。',
    size: 'サイズ',
    location: 'デバイス',
    file: 'ファイル',
    bus: '接続',
  },
  opening: {
    title: (name) => `${name}を開いています`,
    explain: '隔離されたプロセスを起動し、中身を読み取っています。',
  },
  ejecting: { title: (name) => `${name}を取り出しています` },
  ejected: {
    title: (name) => `${name}を抜いてかまいません`,
    explain: '閉じました。内容は変更されていません。',
    again: 'もう一度開く',
  },
  gone: {
    title: (name) => `${name}が抜かれました`,
    explain:
      'プロセスは終了しました。完全にコピーされたものは無事です。コピー中だったものについては、レポートに不足が記されています。',
  },
  problem: {
    stoppedTitle: (name) => `${name}の読み取りが止まりました`,
    volumeTitle: (name) => `${name}を開けません`,
    startAgain: 'もう一度始める',
    close: '閉じる',
    contained:
      '影響を受けたのはこのメディアのプロセスだけです。アプリ、あなたのファイル、ほかのメディアはそのままで、メディアも変更されていません。',
    unchanged: '内容は変更されていません。',
    details: '技術的な詳細',
    log: 'カーネルログ',
    noVolumes:
      'このメディアには開けるものがありません。空か、暗号化されているか、Airlockの知らない形式かもしれません。',
    at: (offset) => `バイト位置${offset}`,
    expectedFound: (expected, found) => `想定${expected}、実際${found}`,
  },
} satisfies typeof english;
