/** Simplified Chinese: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: '文件',
      openImage: '打开映像…',
      settings: '设置…',
      find: '在此文件夹中查找',
      search: '搜索整个介质…',
      view: '显示',
      help: '帮助',
      shortcuts: '键盘快捷键',
      quit: '退出',
      close: '关闭窗口',
      edit: '编辑',
      undo: '撤销',
      redo: '重做',
      cut: '剪切',
      copy: '复制',
      paste: '粘贴',
      selectAll: '全选',
      actualSize: '实际大小',
      zoomIn: '放大',
      zoomOut: '缩小',
      fullScreen: '全屏',
      window: '窗口',
      minimize: '最小化',
      about: '关于 Airlock',
      services: '服务',
      hide: '隐藏 Airlock',
      hideOthers: '隐藏其他',
      showAll: '全部显示',
    },
    tray: {
      hint: 'Airlock：打开不受信任的 U 盘',
      noMedia: '没有插入 U 盘',
      show: '显示 Airlock',
    },
    notice: {
      plugged: '插入了一个 U 盘',
      pluggedBody: (name) => `安全地查看：${name}`,
      copied: '复制完成',
      copiedBody: (files, count, name) =>
        `已从 ${name} 复制 ${files} ${plural(count, { other: '个文件' })}，并在磁盘上核对。`,
      partly: '已复制，但不完整',
      partlyBody: (files, count, name) =>
        `${name} 中有 ${files} ${plural(count, { other: '个文件' })}无法复制。打开 Airlock 查看是哪些。`,
      failed: '复制已停止',
      failedBody: (name) => `${name} 的内容没有全部复制。打开 Airlock 查看原因。`,
      asks: '有复制在等你决定',
      asksBody: (name) => `${name} 中的一个文件已存在。请选择如何处理。`,
      interrupted: '复制被中断',
      interruptedBody: (name) => `${name} 已被拔出。重新插入即可继续。`,
      imageSaved: '映像已保存',
      imageSavedBody: (name) => `${name} 的全部内容已在磁盘上。`,
      imagePartlyBody: (name) => `${name} 有一部分无法读取。打开 Airlock 查看有多少。`,
      imageFailed: '映像保存已停止',
      imageFailedBody: (name) => `${name} 的映像不完整。打开 Airlock 查看原因。`,
    },
    closing: {
      question: '复制仍在进行。',
      detail: '已复制的文件会保留，正在处理的文件会被删除。',
      goOn: '继续复制',
      stop: '停止并退出',
    },
    dragReady: '已复制就绪：现在可以拖出。',
    pasteReady: '已复制就绪：在 Airlock 退出之前可粘贴到别处。',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
