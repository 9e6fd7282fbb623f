/** Simplified Chinese: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: '操作未成功。',
    unknownRequest: 'Airlock 不认识此请求。',
    badRequest: '此请求不符合要求。',
    notInThisWindow: '在此窗口中无法这样做。',
    beingCopied: '仍在从此介质复制内容。',
    folderClosed: '此文件夹已不再打开。',
    volumeClosed: '此卷未打开。',
    mediumClosed: '此介质未打开。',
    mediumGone: '此介质已不在。',
    mediumPulled: '此介质已被拔出。',
    pulledOut: '介质已被拔出。',
    systemDisk: '电脑从此磁盘运行。Airlock 不会打开它。',
    systemDiskStays: '电脑从此磁盘运行。不会弹出它。',
    noFile: '此文件不存在。',
    noImage: '这不是映像文件。',
    targetNotWhole: '目标文件夹必须给出完整路径。',
    settingsNotSaved: '无法保存设置。',
    folderNotWhole: '文件夹必须给出完整路径。',
    folderNotMade: '无法创建文件夹。',
    folderUnreadable: '无法读取此文件夹。',
    targetOnMedium: '此文件夹就在该介质上。请选择其他磁盘上的文件夹。',
    noQuestion: '此复制没有待回答的问题。',
    copyRuns: '此复制尚未完成。',
    copyGone: '此复制已不存在。',
    unreadable: '介质的这个位置无法读取，可能已老化。',
    damaged: (what) => `文件系统已损坏：${what}。`,
    noFileSystem: '这里没有 Airlock 能读取的文件系统。',
    unsupported: (what) => `这里使用了 Airlock 不能读取的功能：${what}。`,
    entryGone: '它已不存在。',
    impossible: (why) => `无法这样做：${why}。`,
    notLockedDown: '读取介质的进程无法隔离，因此没有打开介质。',
    mayNotRead: '没有读取权限。',
    noMedium: '驱动器中没有介质，或介质已被拔出。',
    cannotOpen: (why) => `无法打开：${why}。`,
    sampleName: '示例 U 盘',
  },
} satisfies Translation<typeof english>;
