/** French: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'Clavier',
    intro: 'Tout peut se faire sans souris.',
    close: 'Fermer',
    or: 'ou',
    areas: {
      window: 'Partout',
      list: 'Dans la liste des fichiers',
      look: 'En regardant un fichier',
      dialog: 'Dans les boîtes de dialogue',
    },
    window: {
      search: 'Chercher sur tout le support',
      find: 'Chercher un nom dans le dossier',
      help: 'Afficher cette aide',
      openImage: 'Ouvrir une image',
      settings: 'Réglages',
      copyOut: 'Copier la sélection, ou tout',
      eject: 'Éjecter ou fermer le support',
      details: 'Afficher ou masquer les détails',
      hidden: 'Afficher ou masquer les fichiers cachés',
    },
    list: {
      move: 'Aller au fichier du dessus ou du dessous',
      ends: 'Aller au premier ou au dernier fichier',
      pages: 'Monter ou descendre d’une page',
      range: 'En sélectionner plusieurs de suite',
      toggle: 'Ajouter à la sélection ou en retirer',
      all: 'Tout sélectionner',
      copyFiles: 'Copier pour coller ailleurs',
      open: 'Ouvrir le dossier, afficher le fichier',
      look: 'Regarder le fichier',
      up: 'Aller au dossier parent',
      clear: 'Ne rien sélectionner',
      menu: 'Afficher les actions possibles',
      type: 'Aller au nom qui commence ainsi',
      typeKeys: 'Lettres',
    },
    look: {
      next: 'Regarder le fichier précédent ou suivant',
      pages: 'Monter ou descendre d’une page',
      ends: 'Aller au début ou à la fin',
      close: 'Cesser de regarder',
    },
    dialog: {
      walk: 'Passer à l’élément suivant ou précédent',
      close: 'Fermer',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Maj',
      alt: 'Alt',
      enter: 'Entrée',
      backspace: 'Retour arrière',
      escape: 'Échap',
      tab: 'Tab',
      home: 'Début',
      end: 'Fin',
      pageUp: 'Page préc.',
      pageDown: 'Page suiv.',
      space: 'Espace',
    },
  },
} satisfies typeof english;
