/** Japanese: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: '見張り',
    button: '見張り',
    back: 'ファイルに戻る',
    heading: (name) => `${name}の疑わしいもの`,
    explain:
      'Airlockは隔離されたプロセスの中で、すべての名前と各ファイルの先頭を調べます。何も開かず、何もこのコンピューターの外に出ません。',
    again: 'もう一度調べる',
    stop: '停止',
    scanning: (shown, count) => `調査中: これまでに${shown}${plural(count, { other: '個のファイル' })}`,
    done: (shown, count) => `${shown}${plural(count, { other: '個のファイル' })}を調べました`,
    doneIn: (shown, count, duration) => `${shown}${plural(count, { other: '個のファイル' })}を${duration}で調べました`,
    stopped: (shown, count) =>
      `${shown}${plural(count, { other: '個のファイル' })}で停止しました。以下はすべてではありません。`,
    failed: '調査を終えられませんでした',
    none: 'このボリュームは見張りの対象外です。',
    cleanTitle: '一覧に該当するものはありませんでした',
    clean: '無害だという証明ではありません。心当たりのないものは、注意して開いてください。',
    unread: (shown, count) =>
      `${shown}${plural(count, { other: '個のファイルまたはフォルダー' })}を調べられなかったため、ほかにもあるかもしれません。`,
    unreadMore: '表示する',
    unreadLess: '隠す',
    danger: '危険',
    dangerHint: 'そこにある理由がわからない限り、開かないでください。',
    note: '知っておくこと',
    noteHint: 'よくあるもので、無害なことも多いです。開く前によく確かめてください。',
    groups: '重要度別の検出結果',
    harmless: '奇妙に見えるが無害',
    harmlessHint: '不思議に思わなくて済むように載せています。',
    count: (shown, count) => `${shown}${plural(count, { other: '件' })}`,
    kept: (kept, count) => `${count}件のうち最初の${kept}件を表示しています。`,
    more: (shown) => `さらに${shown}件を表示`,
    fewer: '表示を減らす',
    show: 'フォルダーで表示',
    showLabel: (name) => `フォルダーで表示: ${name}`,
    inRoot: 'ボリュームの最上位',
    hidden: '隠し',
    sorts: {
      windows: 'Windowsプログラム',
      linux: 'Linuxプログラム',
      mac: 'Macプログラム',
      java: 'Javaプログラム',
      android: 'Androidアプリ',
      installer: 'インストーラー',
      script: 'スクリプト',
      shortcut: 'ショートカット',
      help: 'プログラムを実行できるヘルプファイル',
      other: 'プログラム',
    },
    kinds: {
      autorun: {
        title: '自動的に起動するもの',
        reason: () => 'このautorun.infは、メディアの接続時やクリック時にプログラムを起動するようWindowsに指示します。',
      },
      'autorun-settings': {
        title: 'メディアの名前とアイコン',
        reason: () => 'このautorun.infは名前やアイコンを設定するだけで、何も起動しません。',
      },
      autostart: {
        title: 'Linuxで自動的に起動するもの',
        reason: () => 'Linuxのデスクトップは、メディアの接続時にこの名前のファイルを実行するか開くかを尋ねます。',
      },
      'shortcut-command': {
        title: 'コマンドを実行するショートカット',
        reason: () => 'このショートカットはファイルを開くのではなく、コマンドを実行します。',
      },
      'shortcut-network': {
        title: '別のコンピューターへのショートカット',
        reason: () =>
          'このショートカットはWindowsを別のコンピューターに接続させ、サインイン情報が漏れることがあります。',
      },
      shortcut: {
        title: 'ショートカット',
        reason: () => 'ショートカットは、名前やアイコンが示すものとは別のものを開きます。',
      },
      launcher: {
        title: 'ランチャー',
        reason: () => 'Linuxでは、名前やアイコンに関係なく、このランチャーはコマンドを実行します。',
      },
      link: {
        title: 'Webへのリンク',
        reason: () => '開くとWebサイトに移動します。',
      },
      'link-scheme': {
        title: 'Web以外へのリンク',
        reason: () => 'このリンクはWebサイトではなく、システムのプログラムを動作させます。',
      },
      'network-lure': {
        title: '表示すると別のコンピューターに接続するもの',
        reason: () =>
          'このファイルのフォルダーを表示するか、ファイルを開くと、Windowsが別のコンピューターに接続し、サインイン情報が漏れることがあります。',
      },
      'search-file': {
        title: '保存された検索とライブラリ',
        reason: () => 'このファイルは、別の場所にあるフォルダーをWindowsに表示させます。',
      },
      'folder-double': {
        title: '隠されたものの代わりに置かれたもの',
        reason: ({ sort }) =>
          `この名前のファイルまたはフォルダーが隠され、代わりに${sort}が表示されています。USBワームはこのように広がります。`,
      },
      'shell-folder': {
        title: '見かけと違うフォルダー',
        reason: () => 'このフォルダー名の末尾により、Windowsは中身とは別のものを表示します。',
      },
      'double-extension': {
        title: '文書のような名前のプログラム',
        reason: ({ sort }) => `名前は文書のようですが、最後の部分によると${sort}です。`,
      },
      'spaced-extension': {
        title: '見えなくされた拡張子',
        reason: ({ sort }) => `名前に多くの空白があり、末尾が見えなくなっています。これは${sort}です。`,
      },
      'direction-override': {
        title: '反転する名前',
        reason: () => '隠れた文字が名前の一部を反転させ、末尾が別のものに見えます。',
      },
      'direction-mark': {
        title: '方向記号を含む名前',
        reason: () => '見えない文字が文字の方向を変えます。アラビア語やヘブライ語の名前には含まれることがあります。',
      },
      'blank-name': {
        title: '何も表示されない名前',
        reason: () => '名前が空白文字だけでできているため、一覧では見えません。',
      },
      'invisible-name': {
        title: '名前の中の見えない文字',
        reason: () => '名前に見えない文字が含まれ、別の名前のように見えることがあります。',
      },
      'look-alike': {
        title: '同じに見える名前',
        reason: () => '別の文字体系の文字により、隣の別のファイルと同じ名前に見えます。',
      },
      'mixed-script': {
        title: '1語に複数の文字体系',
        reason: () => '名前の中の1語に、ラテン文字とそれに似た文字が混ざっています。',
      },
      'disguised-program': {
        title: '文書を装ったプログラム',
        reason: ({ sort }) => `名前は文書、画像、録音などですが、内容は${sort}です。`,
      },
      'hidden-program': {
        title: '隠されたプログラム',
        reason: ({ sort }) => `これは${sort}で、隠されています。`,
      },
      program: {
        title: 'プログラム',
        reason: ({ sort }) => `これは${sort}です。あなたにできることは何でもできます。`,
      },
      script: {
        title: 'スクリプト',
        reason: () => 'スクリプトは、開くと書かれていることを実行します。',
      },
      'content-mismatch': {
        title: '名前と違う内容',
        reason: () => '名前は画像、録音、PDFなどですが、内容は別のものです。',
      },
      'picture-script': {
        title: 'スクリプトを含む画像',
        reason: () => 'この図形にはスクリプトが含まれ、ブラウザーは表示するときに実行します。',
      },
      'macros-disguised': {
        title: 'マクロがないはずの名前のマクロ',
        reason: () => 'このような名前のファイルにはマクロがないはずですが、このOfficeファイルには含まれています。',
      },
      macros: {
        title: 'マクロを含むOfficeファイル',
        reason: () => 'このOfficeファイルには、許可すると動作するプログラムであるマクロが含まれています。',
      },
      'remote-template': {
        title: '何かを取得する文書',
        reason: () => 'この文書を開くと、別のコンピューターからテンプレートやオブジェクトを取得します。',
      },
      'embedded-object': {
        title: 'オブジェクトを含む文書',
        reason: () => 'この文書には、開くかクリックすると別のプログラムを起動できるオブジェクトが含まれています。',
      },
      'pdf-launch': {
        title: 'プログラムを起動するPDF',
        reason: () => 'このPDFはプログラムの起動を求めます。',
      },
      'pdf-script': {
        title: 'スクリプトを含むPDF',
        reason: () => 'このPDFにはスクリプトが含まれています。フォームにも使われます。',
      },
      'pdf-attachment': {
        title: '添付ファイルのあるPDF',
        reason: () => 'このPDFにはほかのファイルが含まれています。',
      },
      'encrypted-archive': {
        title: 'パスワード付きアーカイブ',
        reason: () => 'パスワードがなければ中身を調べられません。ウイルス対策ソフトも同様です。',
      },
      'encrypted-document': {
        title: 'パスワード付き文書',
        reason: () => 'パスワードがなければ中身を調べられません。',
      },
      'archive-bomb': {
        title: '展開すると異常な大きさになるアーカイブ',
        reason: ({ size }) =>
          `このアーカイブは展開後${size}と称するか、際限なく繰り返します。ディスクを埋め尽くすためのものです。`,
      },
      'disk-image': {
        title: 'ディスクイメージ',
        reason: () => 'システムで開くとドライブになります。中身は調べていません。Airlockでメディアとして開けます。',
      },
      stream: {
        title: '2つ目のストリームにある内容',
        reason: ({ size }) => `本来の内容のほかに、一覧に表示されないストリームに${size}があります。`,
      },
      'stream-program': {
        title: '2つ目のストリームにあるプログラム',
        reason: ({ sort }) => `本来の内容のほかに、一覧に表示されないストリームに${sort}があります。`,
      },
      'origin-mark': {
        title: 'ダウンロードの印',
        reason: () => 'ファイルがほかから来たことを示すWindowsの記録で、あなたを守るものです。',
      },
      'known-stream': {
        title: '知られたプログラムの記録',
        reason: () => '知られたプログラムが、このファイルの2つ目のストリームに自分の記録を保存しています。',
      },
      'illegal-name': {
        title: 'このコンピューターで使えない名前',
        reason: () => '長すぎるか、ここで使えない文字があるため、コピーには別の名前が付きます。',
      },
      'colliding-name': {
        title: 'ここで重なる名前',
        reason: () =>
          'このコンピューターでは、隣の別のファイルと同じ名前になります。片方のコピーには別の名前が付きます。',
      },
      'larger-than-medium': {
        title: 'メディアより大きいファイル',
        reason: ({ size }) =>
          `サイズは${size}と称していますが、ボリューム全体より大きく、すべてがそろっているはずがありません。`,
      },
      'shared-content': {
        title: '2つのファイルに属する内容',
        reason: () =>
          '別のファイルと同じ場所から始まっています。ファイルシステムが破損しているか作り物で、少なくとも一方は誤りです。',
      },
      'strange-date': {
        title: 'あり得ない日付',
        reason: () => '日付が1980年より前か、未来です。',
      },
      setuid: {
        title: '別のユーザーとして動くプログラム',
        reason: () => 'LinuxとmacOSでは、所有者の権限で動作します。コピーではこの印はなくなります。',
      },
      'device-node': {
        title: 'デバイスファイル',
        reason: () => '内容ではなくコンピューターのデバイスを表します。コピーされることはありません。',
      },
      'outside-link': {
        title: 'メディアの外を指すリンク',
        reason: () =>
          'このリンクはメディアの外を指しています。あなたのコンピューターでは、あなたのファイルを指すことになります。',
      },
    },
  },
} satisfies typeof english;
