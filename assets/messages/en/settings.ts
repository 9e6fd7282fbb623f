/** The settings. */

export const settings = {
  settings: {
    title: 'Settings',
    target: 'Copies go to',
    targetHint: 'Each stick gets a folder of its own in it.',
    change: 'Change…',
    conflict: 'When a file is there already',
    conflicts: { ask: 'Ask', skip: 'Skip it', rename: 'Keep both', overwrite: 'Replace it' },
    theme: 'Appearance',
    themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
    hidden: 'Show hidden files',
    hiddenHint: 'Names that begin with a dot, and files marked as hidden.',
    showAll: 'Show system disks',
    showAllHint: 'They are listed but never opened.',
    done: 'Done',
    version: (version: string) => `Airlock ${version}`,
  },
};
