/** Simplified Chinese: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';
import type { Translation } from '../messages.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `由这台电脑的驱动程序读取：${drivers}`,
    title: '这台电脑已经挂载了它',
    explain: (where) =>
      `它挂载在 ${where}：这台电脑的内核已读取过它的文件系统。Airlock 可以让系统卸载它并将其占住，这样查看时就不会被别的程序挂载。`,
    button: '接管并安全打开',
    openAnyway: '不接管，直接打开',
    done: (name) => `已接管 ${name}：在这里打开期间，别的程序不会挂载它。`,
    banner: (where) => `这台电脑同时将它挂载在 ${where}。`,
    bannerButton: '接管',
  },
  guard: {
    partWith: (name, state, note) => `${name}：${state}（${note}）`,
    part: (name, state) => `${name}：${state}`,
    label: '不让这台电脑自动挂载 U 盘',
    hint: '这样在这里打开之前，U 盘上的内容不会被读取。关闭后恢复原来的设置。',
    reading: '正在查询这台电脑…',
    unknown: '在这台电脑上没有找到可由 Airlock 设置的自动挂载功能。',
    details: '当前设置',
    partOn: '不挂载 U 盘',
    partOff: '可能挂载 U 盘',
    partAbsent: '这台电脑上没有',
  },
  imaging: {
    save: '保存整个 U 盘的映像…',
    region: '正在保存的映像',
    reading: (name) => `正在保存 ${name} 的映像`,
    finishing: '收尾：正在核对写入的内容',
    done: (name) => `${name} 的映像已保存`,
    doneWith: (name, unreadable) => `${name} 的映像已保存；无法读取：${unreadable}`,
    doneWithExplain: '无法读取的部分在映像中为零；旁边的映射文件说明其位置。',
    interrupted: (name) => `${name} 已被拔出`,
    cancelled: '映像不完整',
    cancelledExplain: '已读取的部分会保留，可以继续。',
    failed: '无法保存映像',
    progress: (done, total) => `${done} / ${total}`,
    progressLabel: (name) => `${name} 映像的进度`,
    unreadable: (size) => `目前无法读取 ${size}`,
    resumed: (size) => `之前已有 ${size}`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: '停止',
    resume: '继续',
    dismiss: '关闭',
    reveal: '在文件夹中显示',
  },
  slot: {
    title: '此插槽中没有介质',
    explain: '插入存储卡或光盘后会显示在这里。',
    drive: '驱动器',
    badge: '空',
    badgeHint: '此驱动器中没有介质。',
  },
  siblings: {
    title: '同一读卡器中还有其他介质',
    explain: (names) => `${names}。如果此读卡器只能整体断电，它们也会一同断开，并在这里关闭。`,
    eject: '仍要弹出',
    keep: '不弹出',
  },
  speed: {
    label: 'USB 速度',
    low: '低速（1.5 Mbit/s）',
    full: '全速（12 Mbit/s）',
    high: 'USB 2，高速（480 Mbit/s）',
    super: 'USB 3（5 Gbit/s）',
    superPlus: (gigabits) => `USB 3（${gigabits} Gbit/s）`,
  },
} satisfies Translation<typeof english>;
