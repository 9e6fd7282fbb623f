/** French: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'Fichier',
      openImage: 'Ouvrir une image…',
      settings: 'Réglages…',
      find: 'Rechercher dans ce dossier',
      search: 'Rechercher sur le support…',
      view: 'Présentation',
      help: 'Aide',
      shortcuts: 'Raccourcis clavier',
      quit: 'Quitter',
      close: 'Fermer la fenêtre',
      edit: 'Édition',
      undo: 'Annuler',
      redo: 'Rétablir',
      cut: 'Couper',
      copy: 'Copier',
      paste: 'Coller',
      selectAll: 'Tout sélectionner',
      actualSize: 'Taille réelle',
      zoomIn: 'Agrandir',
      zoomOut: 'Réduire',
      fullScreen: 'Plein écran',
      window: 'Fenêtre',
      minimize: 'Placer dans le Dock',
      about: 'À propos d’Airlock',
      services: 'Services',
      hide: 'Masquer Airlock',
      hideOthers: 'Masquer les autres',
      showAll: 'Tout afficher',
    },
    tray: {
      hint: 'Airlock : ouvrir les clés dont on se méfie',
      noMedia: 'Aucune clé branchée',
      show: 'Afficher Airlock',
    },
    notice: {
      plugged: 'Une clé a été branchée',
      pluggedBody: (name) => `La regarder en sécurité : ${name}`,
      copied: 'Copie terminée',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'fichier', other: 'fichiers' })} de ${name}, vérification sur le disque comprise.`,
      partly: 'Copie terminée, mais incomplète',
      partlyBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'fichier de', other: 'fichiers de' })} ${name} non copiables. Ouvrez Airlock pour voir lesquels.`,
      failed: 'Copie arrêtée',
      failedBody: (name) => `Tout n’a pas été copié depuis ${name}. Ouvrez Airlock pour savoir pourquoi.`,
      asks: 'Une copie vous attend',
      asksBody: (name) => `Un fichier de ${name} existe déjà. Choisissez ce qu’il faut en faire.`,
      interrupted: 'Une copie a été interrompue',
      interruptedBody: (name) => `${name} a été retiré. Rebranchez-le pour continuer.`,
      imageSaved: 'L’image est enregistrée',
      imageSavedBody: (name) => `Tout le contenu de ${name} est sur votre disque.`,
      imagePartlyBody: (name) => `Une partie de ${name} n’a pas pu être lue. Ouvrez Airlock pour voir combien.`,
      imageFailed: 'Enregistrement de l’image arrêté',
      imageFailedBody: (name) => `L’image de ${name} n’est pas complète. Ouvrez Airlock pour voir pourquoi.`,
    },
    closing: {
      question: 'Une copie est encore en cours.',
      detail: 'Les fichiers déjà copiés restent ; celui en cours est supprimé.',
      goOn: 'Continuer la copie',
      stop: 'Arrêter et quitter',
    },
    dragReady: 'Copié et prêt : faites-le glisser maintenant.',
    pasteReady: 'Copié et prêt à être collé ailleurs, tant qu’Airlock est ouvert.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
