/** Japanese: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'このメディアを読み取るプロセスが意味のない応答をしたため、終了しました。害を与える目的のメディアかもしれません。',
    },
    notADevice: 'デバイスではありません。',
    notCopied: 'ほかのプログラムに渡せるのは、Airlockがコピーしたファイルだけです。',
    emptySlot: 'このドライブにメディアはありません。',
    busyCopying: 'このメディアからまだコピー中です。終わるのを待つか、先にキャンセルしてください。',
    image: {
      noAnswer: 'メディアが応答しません。もう一度接続すると、続きから再開できます。',
      notADevice: 'イメージとして保存できるのは、接続中のUSBメモリ、カード、ドライブだけです。',
      running: 'このメディアのイメージはすでに保存中です。',
      cannotRead: 'このメディアの生データを読み取れません。',
      removed: 'メディアが抜かれました。もう一度接続すると、続きから再開できます。',
      noSpace: 'このフォルダーには空きが足りません。空きを増やすか、別のディスクのフォルダーを選んでください。',
      tooLarge:
        'イメージが、このフォルダーに置けるファイルの上限を超えています。別のディスクのフォルダーを選んでください。',
      otherBytes:
        'ディスクから、書き込んだ内容と異なるバイトが返されました。再開すると、誤っている部分を読み直します。再び起きる場合は、別のディスクのフォルダを選んでください。',
      failed: 'イメージを保存できませんでした。',
      noName: 'このフォルダーには同じ名前のイメージが多すぎます。別のフォルダーを選んでください。',
      noFolder: 'このフォルダーは使えません。別のフォルダーを選んでください。',
      plugAgain: (name) => `${name}がありません。続けるにはもう一度接続してください。`,
      notResumable: 'このイメージは再開できません。',
      notFinished: 'このイメージはまだ保存中です。',
      notThere: 'このイメージは一覧にもうありません。',
    },
  },
} satisfies typeof english;
