/** Japanese: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'うまくいきませんでした。',
    unknownRequest: 'Airlockの知らない要求です。',
    badRequest: '要求の形式が正しくありません。',
    notInThisWindow: 'このウインドウではできません。',
    beingCopied: 'このメディアからまだコピー中です。',
    folderClosed: 'このフォルダーはもう開いていません。',
    volumeClosed: 'このボリュームは開いていません。',
    mediumClosed: 'このメディアは開いていません。',
    mediumGone: 'このメディアはもうありません。',
    mediumPulled: 'このメディアは抜かれました。',
    pulledOut: 'メディアが抜かれました。',
    systemDisk: 'コンピューターの起動ディスクです。Airlockは開きません。',
    systemDiskStays: 'コンピューターの起動ディスクです。取り出しません。',
    noFile: 'このファイルはありません。',
    noImage: 'イメージファイルではありません。',
    targetNotWhole: 'コピー先のフォルダーは完全なパスで指定してください。',
    settingsNotSaved: '設定を保存できませんでした。',
    folderNotWhole: 'フォルダーは完全なパスで指定してください。',
    folderNotMade: 'フォルダーを作成できませんでした。',
    folderUnreadable: 'このフォルダーは読み取れません。',
    targetOnMedium: 'このフォルダーはメディア自体にあります。別のディスクのフォルダーを選んでください。',
    noQuestion: 'このコピーに未回答の質問はありません。',
    copyRuns: 'このコピーはまだ終わっていません。',
    copyGone: 'このコピーはもうありません。',
    unreadable: 'メディアのこの場所を読み取れません。劣化しているかもしれません。',
    damaged: (what) => `ファイルシステムが破損しています: ${what}`,
    noFileSystem: 'Airlockが読み取れるファイルシステムがありません。',
    unsupported: (what) => `Airlockが読み取れない機能が使われています: ${what}`,
    entryGone: 'もうありません。',
    impossible: (why) => `できません: ${why}`,
    notLockedDown: '読み取りプロセスを隔離できなかったため、メディアを開きませんでした。',
    mayNotRead: '読み取る権限がありません。',
    noMedium: 'ドライブにメディアがないか、抜かれました。',
    cannotOpen: (why) => `開けません: ${why}`,
    sampleName: 'サンプルのUSBメモリ',
  },
} satisfies Translation<typeof english>;
