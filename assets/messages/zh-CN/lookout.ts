/** Simplified Chinese: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: '可疑检查',
    button: '可疑检查',
    back: '返回文件',
    heading: (name) => `${name} 上值得怀疑的内容`,
    explain: 'Airlock 在隔离的进程中检查每个名称和每个文件的开头。不会打开任何内容，也不会有任何内容离开这台电脑。',
    again: '重新检查',
    stop: '停止',
    scanning: (shown, count) => `正在检查：目前 ${shown} ${plural(count, { other: '个文件' })}`,
    done: (shown, count) => `已检查 ${shown} ${plural(count, { other: '个文件' })}`,
    doneIn: (shown, count, duration) => `已检查 ${shown} ${plural(count, { other: '个文件' })}，用时 ${duration}`,
    stopped: (shown, count) => `检查 ${shown} ${plural(count, { other: '个文件' })}后停止。以下并非全部。`,
    failed: '检查未能完成',
    none: '此卷无法进行可疑检查。',
    cleanTitle: '没有发现清单中的内容',
    clean: '这并不证明它无害。对意料之外的内容，打开时仍需小心。',
    unread: (shown, count) => `有 ${shown} ${plural(count, { other: '个文件或文件夹' })}无法检查，因此可能还有更多。`,
    unreadMore: '显示是哪些',
    unreadLess: '隐藏',
    danger: '危险',
    dangerHint: '除非知道它们为何存在，否则不要打开。',
    note: '值得了解',
    noteHint: '常见且往往无害。打开前请再看一眼。',
    groups: '按严重程度分类的发现',
    harmless: '看似奇怪，实则无害',
    harmlessHint: '列出来是为了让人不必疑惑。',
    count: (shown, count) => `${shown} ${plural(count, { other: '项发现' })}`,
    kept: (kept, count) => `列出 ${count} 项中的前 ${kept} 项。`,
    more: (shown) => `再显示 ${shown} 项`,
    fewer: '显示较少',
    show: '在文件夹中显示',
    showLabel: (name) => `在文件夹中显示：${name}`,
    inRoot: '位于卷的顶层',
    hidden: '隐藏',
    sorts: {
      windows: 'Windows 程序',
      linux: 'Linux 程序',
      mac: 'Mac 程序',
      java: 'Java 程序',
      android: 'Android 应用',
      installer: '安装程序',
      script: '脚本',
      shortcut: '快捷方式',
      help: '可以运行程序的帮助文件',
      other: '程序',
    },
    kinds: {
      autorun: {
        title: '自行启动',
        reason: () => '此 autorun.inf 让 Windows 在插入或点击介质时启动程序。',
      },
      'autorun-settings': {
        title: '介质的名称和图标',
        reason: () => '此 autorun.inf 只设置名称或图标，不启动任何程序。',
      },
      autostart: {
        title: '在 Linux 上自行启动',
        reason: () => '插入介质时，Linux 桌面会提示运行或打开此名称的文件。',
      },
      'shortcut-command': {
        title: '执行命令的快捷方式',
        reason: () => '此快捷方式不是打开文件，而是执行命令。',
      },
      'shortcut-network': {
        title: '指向其他电脑的快捷方式',
        reason: () => '此快捷方式会让 Windows 联系另一台电脑，可能泄露你的登录信息。',
      },
      shortcut: {
        title: '快捷方式',
        reason: () => '快捷方式打开的内容与其名称和图标所示的不同。',
      },
      launcher: {
        title: '启动器',
        reason: () => '在 Linux 上，无论名称和图标显示什么，此启动器都会执行命令。',
      },
      link: {
        title: '网页链接',
        reason: () => '打开后会转到网站。',
      },
      'link-scheme': {
        title: '指向网页以外的链接',
        reason: () => '此链接不会转到网站，而是让系统的某个程序运行。',
      },
      'network-lure': {
        title: '显示时会联系其他电脑',
        reason: () => '只要显示此文件所在的文件夹或打开它，Windows 就会联系另一台电脑，可能泄露你的登录信息。',
      },
      'search-file': {
        title: '保存的搜索和库',
        reason: () => '此文件让 Windows 显示位于别处的文件夹。',
      },
      'folder-double': {
        title: '占据了隐藏内容的位置',
        reason: ({ sort }) => `此名称的文件或文件夹被隐藏，取而代之显示的是${sort}：USB 蠕虫就是这样传播的。`,
      },
      'shell-folder': {
        title: '名不副实的文件夹',
        reason: () => '此文件夹名称的结尾会让 Windows 显示与其内容不同的东西。',
      },
      'double-extension': {
        title: '名称像文档的程序',
        reason: ({ sort }) => `名称看起来像文档，但其最后部分表明它是${sort}。`,
      },
      'spaced-extension': {
        title: '被推出视野的扩展名',
        reason: ({ sort }) => `名称中的许多空格把结尾推出视野：它是${sort}。`,
      },
      'direction-override': {
        title: '会反转的名称',
        reason: () => '一个隐藏字符反转了名称的一部分，使其结尾看起来像别的东西。',
      },
      'direction-mark': {
        title: '带方向标记的名称',
        reason: () => '名称中的不可见字符控制书写方向；阿拉伯文和希伯来文名称可能含有它们。',
      },
      'blank-name': {
        title: '什么也不显示的名称',
        reason: () => '名称只由空白字符组成，在列表中看不见。',
      },
      'invisible-name': {
        title: '名称中的不可见字符',
        reason: () => '名称含有看不见的字符，因此可能看起来像另一个名称。',
      },
      'look-alike': {
        title: '看起来相同的名称',
        reason: () => '因为用了其他文字的字母，此名称看起来与旁边另一个文件的名称相同。',
      },
      'mixed-script': {
        title: '一个词中混有多种文字的字母',
        reason: () => '名称中的一个词混用了拉丁字母和与之相似的其他字母。',
      },
      'disguised-program': {
        title: '冒充文档的程序',
        reason: ({ sort }) => `名称显示为文档、图片或录音录像，内容却是${sort}。`,
      },
      'hidden-program': {
        title: '隐藏的程序',
        reason: ({ sort }) => `这是${sort}，而且是隐藏的。`,
      },
      program: {
        title: '程序',
        reason: ({ sort }) => `这是${sort}：它能做你能做的任何事。`,
      },
      script: {
        title: '脚本',
        reason: () => '打开脚本时会执行其中所写的内容。',
      },
      'content-mismatch': {
        title: '与名称不符',
        reason: () => '名称显示为图片、录音录像或 PDF，内容却是别的东西。',
      },
      'picture-script': {
        title: '含有脚本的图片',
        reason: () => '此图形含有脚本，浏览器显示它时会执行。',
      },
      'macros-disguised': {
        title: '名称不应有宏却含有宏',
        reason: () => '此 Office 文件含有宏，而这种名称的文件本不应有宏。',
      },
      macros: {
        title: '含有宏的 Office 文件',
        reason: () => '此 Office 文件含有宏：经你允许后会运行的程序。',
      },
      'remote-template': {
        title: '会获取内容的文档',
        reason: () => '打开时，此文档会从另一台电脑获取模板或对象。',
      },
      'embedded-object': {
        title: '含有对象的文档',
        reason: () => '此文档含有对象，打开或点击时可能启动另一个程序。',
      },
      'pdf-launch': {
        title: '启动程序的 PDF',
        reason: () => '此 PDF 要求启动程序。',
      },
      'pdf-script': {
        title: '含有脚本的 PDF',
        reason: () => '此 PDF 含有脚本；表单也会含有脚本。',
      },
      'pdf-attachment': {
        title: '含有附件的 PDF',
        reason: () => '此 PDF 含有其他文件。',
      },
      'encrypted-archive': {
        title: '有密码的压缩包',
        reason: () => '没有密码就无法查看此压缩包的内容，杀毒软件也不能。',
      },
      'encrypted-document': {
        title: '有密码的文档',
        reason: () => '没有密码就无法查看此文档的内容。',
      },
      'archive-bomb': {
        title: '解压后大得离谱的压缩包',
        reason: ({ size }) => `此压缩包声称解压后有 ${size}，或无休止地重复：它是为了填满磁盘而制作的。`,
      },
      'disk-image': {
        title: '磁盘映像',
        reason: () => '由系统打开时，磁盘映像会变成驱动器；其中的内容未经检查。Airlock 可以把它作为介质打开。',
      },
      stream: {
        title: '第二数据流中的内容',
        reason: ({ size }) => `除自身内容外，此文件还在任何列表都不显示的数据流中存有 ${size}。`,
      },
      'stream-program': {
        title: '第二数据流中的程序',
        reason: ({ sort }) => `除自身内容外，此文件还在任何列表都不显示的数据流中存有${sort}。`,
      },
      'origin-mark': {
        title: '标记为下载所得',
        reason: () => '这是 Windows 的记录，说明文件来自别处。它保护着你。',
      },
      'known-stream': {
        title: '知名程序的记录',
        reason: () => '某个知名程序把自己的记录存放在此文件的第二数据流中。',
      },
      'illegal-name': {
        title: '这台电脑无法保存的名称',
        reason: () => '副本会得到另一个名称，因为此名称太长，或含有这里不能使用的字符。',
      },
      'colliding-name': {
        title: '在这里会重合的名称',
        reason: () => '对这台电脑来说，此名称与旁边另一个文件的名称相同；其中一个的副本会得到另一个名称。',
      },
      'larger-than-medium': {
        title: '比介质还大',
        reason: ({ size }) => `它声称有 ${size}，超过整个卷的容量，因此内容不可能完整。`,
      },
      'shared-content': {
        title: '属于两个文件的内容',
        reason: () => '它与另一个文件始于同一位置：文件系统已损坏或是伪造的，其中至少一个是错误的。',
      },
      'strange-date': {
        title: '不可能的日期',
        reason: () => '其日期早于 1980 年或在未来。',
      },
      setuid: {
        title: '以他人身份运行的程序',
        reason: () => '在 Linux 和 macOS 上，此程序会以其所有者的权限运行。副本会失去该标记。',
      },
      'device-node': {
        title: '设备文件',
        reason: () => '它代表电脑的设备而非内容，绝不会被复制。',
      },
      'outside-link': {
        title: '指向介质之外的链接',
        reason: () => '此链接指向介质之外：在你的电脑上，它会指向你的文件。',
      },
    },
  },
} satisfies typeof english;
