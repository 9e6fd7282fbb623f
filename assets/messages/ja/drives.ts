/** Japanese: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32: 'このデバイスを読み取る権限がありません。開くには、Airlockを管理者として起動してください。',
      mayNotUnless: (command) =>
        `このデバイスを読み取る権限がありません。次のコマンドで、抜くまでの間許可されます: ${command}`,
      mayNot: 'このデバイスを読み取る権限がありません。',
      failed: (why) => `デバイスを開けません: ${why}`,
      noMedium: 'ドライブにメディアがないか、抜かれました。',
      inUse: '別のプログラムがこのデバイスを占有しています。そこで閉じてから、ここでもう一度開いてください。',
    },
    worker: {
      memory:
        'このメディアを読み取るプロセスがメモリを使いすぎたため、終了しました。害を与える目的のメディアかもしれません。',
      hung: 'メディアが応答しないため、読み取りプロセスを終了しました。',
      crashed: 'このメディアを読み取るプロセスが予期せず終了しました。',
      closed: 'メディアを閉じました。',
    },
    guard: {
      on: 'デスクトップは、USBメモリを自動マウントしない設定です。ほかのプログラムや手動の操作では、まだマウントできます。',
      onByRule:
        'UDisksが、USBメモリを自動マウントしないようすべてのデスクトップに伝えています。ほかのプログラムや手動の操作では、まだマウントできます。',
      partly: (what) =>
        `このコンピューターは、まだUSBメモリを自動マウントすることがあります。${what}が対応する設定になっていません。`,
      off: 'このコンピューターは、接続されたUSBメモリをすぐに自動マウントすることがあります。',
      nothing: 'USBメモリを自動マウントする、設定可能なものは見つかりませんでした。',
      darwin:
        'macOSはUSBメモリを自動マウントし、Airlockはそれを変更しません。接続後に引き継ぐと、macOSはまずマウントを解除します。',
      win32:
        'WindowsはUSBメモリを自動マウントします。管理者はmountvol /Nで無効にし、mountvol /Eで再び有効にできます。Airlockは変更しません。',
      rule: 'udevルール',
      locked: 'この設定は管理者によって固定されています。',
      notTaken: '設定が反映されませんでした。',
      notRestored: '以前の設定に戻せませんでした。',
      notAuthorized: '管理者のパスワードが必要ですが、入力されませんでした。',
      nextPlug: 'すでに接続されているUSBメモリは、接続し直すまで以前のままです。',
      ruleNotFollowed: 'KDEはudevルールに従いません。',
      forced: '一部のデバイスは、常にマウントする設定になっています。',
    },
    letGo: {
      notMounted: 'システムはマウントしていません。',
      done: 'システムが解放しました。',
      noUdisks: (paths) => `システムがマウントしていますが、UDisksがありません: sudo umount ${paths}`,
      refused: (who) => `システムは解放できませんでした: ${who}`,
      notLocked: (who) => `暗号化された部分のロックが解除されていて、再びロックできませんでした: ${who}`,
      usedBy: (holders) => `${holders}が使用中`,
      usedBySomebody: 'プログラムがファイルを開いている可能性があります',
      holder: (name, pid) => `${name}（プロセス${pid}）`,
      win32: 'AirlockからWindowsにマウントを解除させることはできません。それでも読み取り用に開けます。',
      systemRefused: 'システムはマウントを解除できませんでした。',
    },
    ejectOutcome: {
      safe: '抜いてかまいません。',
      othersInUse: (others) => `抜いてかまいません。同じリーダーのほかのメディアはまだ使用中です: ${others}`,
      othersOff: (others) => `抜いてかまいません。同じリーダーのほかのメディアも一緒に切られました: ${others}`,
      notYet: (what, who) => `まだ抜かないでください。${what}: ${who}`,
      notYetPlain: (what) => `まだ抜かないでください。${what}。`,
      mountedStill: 'システムがマウントしていて、解放できませんでした',
      lockedNot: '暗号化された部分のロックが解除されていて、再びロックできませんでした',
      notOff: 'ドライブの電源を切れませんでした',
      nothingWritten: (why) => `${why}何も書き込んでいないので、抜いてかまいません。`,
      noSwitch: 'このドライブは電源を切れません。',
      noTools: 'ドライブの電源を切っていません。udisksctlもejectもインストールされていません。',
      failed: 'ドライブの電源を切れませんでした。',
      notFound: 'Windowsはこのドライブをもう認識していません',
      veto: {
        program: (name) => `プログラム${name}が使用中です。`,
        service: (name) => `サービス${name}が使用中です。`,
        driver: (name) => `ドライバー${name}が解放しません。`,
        open: 'プログラムがファイルを開いています。',
        noRights: 'このアカウントには取り出す権限がありません。',
        device: (name) => `Windowsが解放しません（${name}）。`,
      },
    },
  },
} satisfies typeof english;
