/** Japanese: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';
import type { Translation } from '../messages.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `このコンピューターのドライバーが読み取り済み: ${drivers}`,
    title: 'このコンピューターがすでにマウントしています',
    explain: (where) =>
      `マウント先は${where}です。このコンピューターのカーネルがファイルシステムを読み取りました。Airlockはマウントを解除させ、見ている間ほかのものがマウントしないように確保できます。`,
    button: '引き継いで安全に開く',
    openAnyway: '引き継がずに開く',
    done: (name) => `${name}を引き継ぎました。ここで開いている間は、ほかからマウントされません。`,
    banner: (where) => `このコンピューターも${where}にマウントしています。`,
    bannerButton: '引き継ぐ',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state}（${note}）`,
    part: (name, state) => `${name}: ${state}`,
    label: 'USBメモリの自動マウントを止める',
    hint: 'ここで開くまで、USBメモリは何も読み取られません。オフにすると、元の設定に戻ります。',
    reading: 'コンピューターに問い合わせています…',
    unknown: 'このコンピューターには、USBメモリを自動マウントする、設定可能なものが見つかりませんでした。',
    details: '現在の設定',
    partOn: 'USBメモリをマウントしない',
    partOff: 'USBメモリをマウントすることがある',
    partAbsent: 'このコンピューターにはない',
  },
  imaging: {
    save: 'USBメモリ全体のイメージを保存…',
    region: '保存中のイメージ',
    reading: (name) => `${name}のイメージを保存しています`,
    finishing: '仕上げ: 書き込んだ内容を確認しています',
    done: (name) => `${name}のイメージを保存しました`,
    doneWith: (name, unreadable) => `${name}のイメージを保存しました。読み取れなかった量: ${unreadable}`,
    doneWithExplain: '読み取れなかった部分はゼロになっています。場所は、隣のマップに記されています。',
    interrupted: (name) => `${name}が抜かれました`,
    cancelled: 'イメージは完全ではありません',
    cancelledExplain: 'これまでに読み取ったものは残り、続きから再開できます。',
    failed: 'イメージを保存できませんでした',
    progress: (done, total) => `${total}中${done}`,
    progressLabel: (name) => `${name}のイメージの進行状況`,
    unreadable: (size) => `これまでに読み取れなかった量: ${size}`,
    resumed: (size) => `以前に読み取り済み: ${size}`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: '停止',
    resume: '再開',
    dismiss: '閉じる',
    reveal: 'フォルダーで表示',
  },
  slot: {
    title: 'このスロットには何もありません',
    explain: 'カードやディスクを入れると、ここに表示されます。',
    drive: 'ドライブ',
    badge: '空',
    badgeHint: 'このドライブにメディアはありません。',
  },
  siblings: {
    title: '同じリーダーにほかのメディアがあります',
    explain: (names) => `${names}。リーダー全体でしか電源を切れない場合は、これらも一緒に切られ、ここで閉じられます。`,
    eject: 'それでも取り出す',
    keep: 'そのままにする',
  },
  speed: {
    label: 'USBの速度',
    low: 'ロースピード（1.5 Mbit/s）',
    full: 'フルスピード（12 Mbit/s）',
    high: 'USB 2、ハイスピード（480 Mbit/s）',
    super: 'USB 3（5 Gbit/s）',
    superPlus: (gigabits) => `USB 3（${gigabits} Gbit/s）`,
  },
} satisfies Translation<typeof english>;
