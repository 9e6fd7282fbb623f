/** Simplified Chinese: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';
import type { Translation } from '../messages.ts';

export const drives = {
  drives: {
    guard: {
      on: '桌面已设置为不自动挂载 U 盘。其他程序以及手动操作仍可以挂载。',
      onByRule: 'UDisks 已告知所有桌面不要自动挂载 U 盘。其他程序以及手动操作仍可以挂载。',
      partly: (what) => `这台电脑仍可能自动挂载 U 盘：${what} 未作相应设置。`,
      off: '这台电脑可能在插入 U 盘后立即自动挂载。',
      nothing: '没有找到可由 Airlock 设置的自动挂载功能。',
      darwin: 'macOS 会自动挂载 U 盘，Airlock 不更改这一点。插入后接管 U 盘，macOS 就会先将其卸载。',
      win32: 'Windows 会自动挂载 U 盘。管理员可用命令 mountvol /N 关闭，再用 mountvol /E 恢复。Airlock 不更改这一点。',
      rule: 'udev 规则',
      locked: '此设置已由管理员固定。',
      notTaken: '设置未生效。',
      notRestored: '无法恢复原来的设置。',
      notAuthorized: '这需要管理员密码，但没有提供。',
      nextPlug: '已插入的 U 盘在重新插入之前仍按原来的方式处理。',
      ruleNotFollowed: 'KDE 不遵循 udev 规则。',
      forced: '有些设备被设置为始终挂载。',
    },
    letGo: {
      notMounted: '系统没有挂载它。',
      done: '系统已释放它。',
      noUdisks: (paths) => `系统挂载了它，但没有 UDisks 可供请求：sudo umount ${paths}`,
      refused: (who) => `系统无法释放它：${who}。`,
      notLocked: (who) => `其中的加密部分已解锁，且无法重新锁定：${who}。`,
      usedBy: (holders) => `${holders} 正在使用它`,
      usedBySomebody: '可能有程序打开了其中的文件',
      holder: (name, pid) => `${name}（进程 ${pid}）`,
      win32: 'Airlock 无法让 Windows 卸载它。仍可以只读方式打开。',
      systemRefused: '系统无法卸载它。',
    },
    ejectOutcome: {
      safe: '可以拔出了。',
      othersInUse: (others) => `可以拔出了。同一读卡器中的其他介质仍在使用：${others}。`,
      othersOff: (others) => `可以拔出了。同一读卡器中的其他介质已一同断电：${others}。`,
      notYet: (what, who) => `先不要拔出。${what}：${who}。`,
      notYetPlain: (what) => `先不要拔出。${what}。`,
      mountedStill: '系统挂载了它，且无法释放',
      lockedNot: '其中的加密部分已解锁，且无法重新锁定',
      notOff: '无法关闭驱动器',
      nothingWritten: (why) => `${why}没有向它写入任何内容：仍可以拔出。`,
      noSwitch: '此驱动器无法关闭。',
      noTools: '驱动器未关闭：udisksctl 和 eject 都没有安装。',
      failed: '无法关闭驱动器。',
      notFound: 'Windows 已不认识此驱动器',
      veto: {
        program: (name) => `程序 ${name} 正在使用它。`,
        service: (name) => `服务 ${name} 正在使用它。`,
        driver: (name) => `驱动程序 ${name} 没有释放它。`,
        open: '有程序打开了其中的文件。',
        noRights: '你的账户没有弹出它的权限。',
        device: (name) => `Windows 没有释放它（${name}）。`,
      },
    },
  },
} satisfies Translation<typeof english>;
