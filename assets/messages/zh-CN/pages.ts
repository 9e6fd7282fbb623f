/** Simplified Chinese: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: '先看，再信任',
    first:
      'Airlock 用来打开你不信任的 U 盘和磁盘映像：它用自己的文件系统驱动程序在隔离的进程中读取，因此其中的任何内容都不会触及这台电脑的内核或你的文件。',
    second: '浏览一下，一键复制出需要的内容，然后弹出。',
    openImage: '打开映像…',
    trySample: '试用示例 U 盘',
    hintDrop: '也可以把磁盘映像拖放到此窗口的任意位置。',
    happens:
      '在这里打开的 U 盘由 Airlock 自己的驱动程序读取，读取进程做不了别的任何事：这台电脑的内核、程序和网络都不参与。',
    notChanged: 'U 盘上的内容绝不会被更改；除非你复制出来，否则其中的任何内容都不会进入这台电脑。',
    notChecked: '复制出来的内容与 U 盘上的完全相同，Airlock 不判断它是否有害：打开时请像对待来自陌生人的东西一样小心。',
    begin: '开始',
    hintKeyboard: '随时按 ? 可查看键盘快捷键。',
    hintPlug: '插入 U 盘后，它会出现在介质列表中。',
  },
  present: {
    open: '安全打开',
    explain: '尚未读取其中的任何内容。它将以只读方式打开，由一个做不了别的任何事的进程读取。',
    system: '这台电脑从此磁盘运行。因为你要求显示系统磁盘，Airlock 才列出它，但从不打开。',
    size: '大小',
    location: '设备',
    file: '文件',
    bus: '连接方式',
  },
  opening: {
    title: (name) => `正在打开 ${name}`,
    explain: '正在启动隔离的进程并读取其中的内容。',
  },
  ejecting: { title: (name) => `正在弹出 ${name}` },
  ejected: {
    title: (name) => `可以拔出 ${name} 了`,
    explain: '它已关闭，其中的内容未作任何更改。',
    again: '重新打开',
  },
  gone: {
    title: (name) => `${name} 已被拔出`,
    explain: '它的进程已结束。已完整复制的内容是安全的；正在进行的复制会在报告中说明缺少什么。',
  },
  problem: {
    stoppedTitle: (name) => `${name} 已停止读取`,
    volumeTitle: (name) => `无法打开 ${name}`,
    startAgain: '重新开始',
    close: '关闭',
    contained: '受影响的只有此介质的进程。应用、你的文件和其他介质都保持原样，介质本身也未被更改。',
    unchanged: '其中的内容未作任何更改。',
    details: '技术细节',
    log: '内核日志',
    noVolumes: '此介质上没有可打开的内容。它可能是空的、已加密，或属于 Airlock 不认识的类型。',
    at: (offset) => `位于字节 ${offset}`,
    expectedFound: (expected, found) => `应为 ${expected}，实为 ${found}`,
  },
} satisfies typeof english;
