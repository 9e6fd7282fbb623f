/** Simplified Chinese: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: '键盘',
    intro: '一切操作都可以不用鼠标完成。',
    close: '关闭',
    or: '或',
    areas: {
      window: '任何位置',
      list: '在文件列表中',
      look: '查看文件时',
      dialog: '在对话框中',
    },
    window: {
      search: '搜索整个介质',
      find: '在文件夹中查找名称',
      help: '显示此列表',
      openImage: '打开映像',
      settings: '设置',
      copyOut: '复制所选内容；未选择时复制全部',
      eject: '弹出或关闭介质',
      details: '显示或隐藏详细信息',
      hidden: '显示或隐藏隐藏文件',
    },
    list: {
      move: '移到上一个或下一个文件',
      ends: '移到第一个或最后一个文件',
      pages: '向上或向下翻一页',
      range: '连续选择多个',
      toggle: '加入或移出所选内容',
      all: '全选',
      copyFiles: '复制以粘贴到别处',
      open: '打开文件夹，显示文件',
      look: '查看文件',
      up: '转到上一级文件夹',
      clear: '取消选择',
      menu: '显示可用的操作',
      type: '移到以此开头的名称',
      typeKeys: '字母',
    },
    look: {
      next: '查看上一个或下一个文件',
      pages: '向上或向下翻一页',
      ends: '转到开头或结尾',
      close: '停止查看',
    },
    dialog: {
      walk: '移到下一个或上一个控件',
      close: '关闭',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Shift',
      alt: 'Alt',
      enter: 'Enter',
      backspace: '退格',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Home',
      end: 'End',
      pageUp: 'Page Up',
      pageDown: 'Page Down',
      space: '空格',
    },
  },
} satisfies typeof english;
