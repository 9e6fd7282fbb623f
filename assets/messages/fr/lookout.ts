/** French: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: 'Vigie',
    button: 'Vigie',
    back: 'Retour aux fichiers',
    heading: (name) => `Ce qui mérite d’être suspecté sur ${name}`,
    explain:
      'Airlock parcourt chaque nom et le début de chaque fichier, dans le processus confiné. Rien n’est ouvert, et rien ne quitte cet ordinateur.',
    again: 'Regarder à nouveau',
    stop: 'Arrêter',
    scanning: (shown, count) =>
      `Examen : ${shown} ${plural(count, { one: 'fichier', other: 'fichiers' })} pour l’instant`,
    done: (shown, count) => `${shown} ${plural(count, { one: 'fichier examiné', other: 'fichiers examinés' })}`,
    doneIn: (shown, count, duration) =>
      `${shown} ${plural(count, { one: 'fichier examiné', other: 'fichiers examinés' })} en ${duration}`,
    stopped: (shown, count) =>
      `Arrêt après ${shown} ${plural(count, { one: 'fichier', other: 'fichiers' })}. Ce qui suit n’est pas tout.`,
    failed: 'L’examen n’a pas pu être terminé',
    none: 'La vigie n’existe pas pour ce volume.',
    cleanTitle: 'Rien de la liste n’a été trouvé',
    clean:
      'Cela ne prouve pas que le contenu est inoffensif. Ouvrez tout de même avec prudence ce que vous n’attendez pas.',
    unread: (shown, count) =>
      `${shown} ${plural(count, { one: 'fichier ou dossier non examinable', other: 'fichiers ou dossiers non examinables' })} : il peut donc y en avoir plus.`,
    unreadMore: 'Voir lesquels',
    unreadLess: 'Masquer',
    danger: 'Danger',
    dangerHint: 'Ne les ouvrez pas sans savoir pourquoi ils sont là.',
    note: 'À savoir',
    noteHint: 'Courant et souvent innocent. Regardez à deux fois avant d’ouvrir.',
    groups: 'Trouvailles par gravité',
    harmless: 'Étrange, mais inoffensif',
    harmlessHint: 'Listé pour que personne n’ait à s’interroger.',
    count: (shown, count) => `${shown} ${plural(count, { one: 'trouvaille', other: 'trouvailles' })}`,
    kept: (kept, count) => `Seuls les ${kept} premiers sur ${count} sont listés.`,
    more: (shown) => `En afficher ${shown} de plus`,
    fewer: 'En afficher moins',
    show: 'Afficher dans le dossier',
    showLabel: (name) => `Afficher dans le dossier : ${name}`,
    inRoot: 'à la racine du volume',
    hidden: 'caché',
    sorts: {
      windows: 'un programme Windows',
      linux: 'un programme Linux',
      mac: 'un programme Mac',
      java: 'un programme Java',
      android: 'une application Android',
      installer: 'un installateur',
      script: 'un script',
      shortcut: 'un raccourci',
      help: 'un fichier d’aide qui peut lancer des programmes',
      other: 'un programme',
    },
    kinds: {
      autorun: {
        title: 'Démarre tout seul',
        reason: () =>
          'Ce fichier autorun.inf dit à Windows de lancer un programme quand le support est branché ou cliqué.',
      },
      'autorun-settings': {
        title: 'Nom et icône du support',
        reason: () => 'Ce fichier autorun.inf ne définit qu’un nom ou une icône ; il ne lance rien.',
      },
      autostart: {
        title: 'Démarre tout seul sous Linux',
        reason: () =>
          'Les bureaux Linux proposent d’exécuter ou d’ouvrir un fichier de ce nom quand le support est branché.',
      },
      'shortcut-command': {
        title: 'Raccourcis qui exécutent des commandes',
        reason: () => 'Ce raccourci n’ouvre pas un fichier : il exécute une commande.',
      },
      'shortcut-network': {
        title: 'Raccourcis vers un autre ordinateur',
        reason: () =>
          'À cause de ce raccourci, Windows contacte un autre ordinateur, ce qui peut révéler vos identifiants.',
      },
      shortcut: {
        title: 'Raccourcis',
        reason: () => 'Un raccourci ouvre autre chose que ce que montrent son nom et son icône.',
      },
      launcher: {
        title: 'Lanceurs',
        reason: () => 'Sous Linux, ce lanceur exécute une commande, quels que soient son nom et son icône.',
      },
      link: {
        title: 'Liens vers le web',
        reason: () => 'L’ouvrir mène à un site web.',
      },
      'link-scheme': {
        title: 'Liens vers autre chose que le web',
        reason: () => 'Ce lien ne mène pas à un site web : il fait agir un programme du système.',
      },
      'network-lure': {
        title: 'Contacte un autre ordinateur à l’affichage',
        reason: () =>
          'Windows contacte un autre ordinateur dès que le dossier de ce fichier est affiché ou qu’il est ouvert, ce qui peut révéler vos identifiants.',
      },
      'search-file': {
        title: 'Recherches et bibliothèques enregistrées',
        reason: () => 'Avec ce fichier, Windows affiche des dossiers qui se trouvent ailleurs.',
      },
      'folder-double': {
        title: 'À la place de quelque chose de caché',
        reason: ({ sort }) =>
          `Le fichier ou dossier de ce nom est caché, et à sa place se trouve ${sort} : c’est ainsi que se propagent les vers USB.`,
      },
      'shell-folder': {
        title: 'Dossiers qui ne sont pas ce qu’ils paraissent',
        reason: () => 'La fin du nom de ce dossier fait que Windows montre autre chose que son contenu.',
      },
      'double-extension': {
        title: 'Programmes au nom de document',
        reason: ({ sort }) =>
          `Son nom ressemble à celui d’un document, mais d’après sa dernière partie, c’est ${sort}.`,
      },
      'spaced-extension': {
        title: 'Extensions poussées hors de vue',
        reason: ({ sort }) => `De nombreux espaces dans le nom en cachent la fin : c’est ${sort}.`,
      },
      'direction-override': {
        title: 'Noms qui se retournent',
        reason: () => 'Un caractère caché inverse une partie du nom, si bien que sa fin ressemble à autre chose.',
      },
      'direction-mark': {
        title: 'Noms avec des marques de direction',
        reason: () =>
          'Des caractères invisibles dirigent le sens d’écriture ; les noms arabes et hébreux peuvent en avoir.',
      },
      'blank-name': {
        title: 'Noms qui ne montrent rien',
        reason: () => 'Le nom n’est fait que de caractères vides, si bien qu’on ne le voit pas dans une liste.',
      },
      'invisible-name': {
        title: 'Caractères invisibles dans des noms',
        reason: () => 'Le nom contient des caractères qu’on ne voit pas, si bien qu’il peut ressembler à un autre.',
      },
      'look-alike': {
        title: 'Noms qui se ressemblent',
        reason: () => 'Avec des lettres d’un autre alphabet, ce nom ressemble à celui d’un autre fichier à côté.',
      },
      'mixed-script': {
        title: 'Lettres de plusieurs alphabets dans un mot',
        reason: () => 'Un mot du nom mêle des lettres latines à d’autres qui leur ressemblent.',
      },
      'disguised-program': {
        title: 'Programmes déguisés en documents',
        reason: ({ sort }) =>
          `Par son nom, c’est un document, une image ou un enregistrement ; par son contenu, c’est ${sort}.`,
      },
      'hidden-program': {
        title: 'Programmes cachés',
        reason: ({ sort }) => `C’est ${sort}, et c’est caché.`,
      },
      program: {
        title: 'Programmes',
        reason: ({ sort }) => `C’est ${sort} : cela peut faire tout ce que vous pouvez faire.`,
      },
      script: {
        title: 'Scripts trouvés',
        reason: () => 'Un script exécute ce qui y est écrit quand on l’ouvre.',
      },
      'content-mismatch': {
        title: 'Pas ce que dit le nom',
        reason: () => 'Par son nom, c’est une image, un enregistrement ou un PDF ; son contenu est autre chose.',
      },
      'picture-script': {
        title: 'Images contenant un script',
        reason: () => 'Ce dessin contient un script, qu’un navigateur exécute en l’affichant.',
      },
      'macros-disguised': {
        title: 'Macros sous un nom qui n’en promet pas',
        reason: () =>
          'Ce fichier Office contient des macros, alors que les fichiers de ce nom ne devraient pas en avoir.',
      },
      macros: {
        title: 'Fichiers Office avec macros',
        reason: () => 'Ce fichier Office contient des macros : des programmes qui s’exécutent quand on les autorise.',
      },
      'remote-template': {
        title: 'Documents qui vont chercher quelque chose',
        reason: () => 'À l’ouverture, ce document va chercher un modèle ou un objet sur un autre ordinateur.',
      },
      'embedded-object': {
        title: 'Documents contenant des objets',
        reason: () =>
          'Ce document contient un objet qui peut lancer un autre programme quand on l’ouvre ou qu’on clique.',
      },
      'pdf-launch': {
        title: 'PDF qui lancent des programmes',
        reason: () => 'Ce PDF demande à lancer un programme.',
      },
      'pdf-script': {
        title: 'PDF avec scripts',
        reason: () => 'Ce PDF contient un script ; les formulaires en ont aussi.',
      },
      'pdf-attachment': {
        title: 'PDF avec pièces jointes',
        reason: () => 'Ce PDF contient d’autres fichiers.',
      },
      'encrypted-archive': {
        title: 'Archives sous mot de passe',
        reason: () =>
          'Le contenu de cette archive ne peut être examiné sans son mot de passe ; aucun antivirus ne le peut non plus.',
      },
      'encrypted-document': {
        title: 'Documents sous mot de passe',
        reason: () => 'Le contenu de ce document ne peut être examiné sans son mot de passe.',
      },
      'archive-bomb': {
        title: 'Archives d’une taille absurde une fois décompressées',
        reason: ({ size }) =>
          `Décompressée, cette archive annonce ${size} ou se répète sans fin : elle est faite pour remplir un disque.`,
      },
      'disk-image': {
        title: 'Images disque',
        reason: () =>
          'Ouverte par le système, une image disque devient un lecteur ; son contenu n’a pas été examiné. Airlock peut l’ouvrir comme support.',
      },
      stream: {
        title: 'Contenu dans un second flux',
        reason: ({ size }) => `Outre son contenu, le fichier contient ${size} dans un flux qu’aucune liste ne montre.`,
      },
      'stream-program': {
        title: 'Programmes dans un second flux',
        reason: ({ sort }) => `Outre son contenu, le fichier contient ${sort} dans un flux qu’aucune liste ne montre.`,
      },
      'origin-mark': {
        title: 'Marqué comme téléchargé',
        reason: () => 'Une note de Windows disant que le fichier vient d’ailleurs. Elle vous protège.',
      },
      'known-stream': {
        title: 'Notes de programmes connus',
        reason: () => 'Un programme connu garde ses propres notes dans un second flux de ce fichier.',
      },
      'illegal-name': {
        title: 'Noms que cet ordinateur ne peut pas garder',
        reason: () => 'Une copie reçoit un autre nom, car celui-ci est trop long ou a des caractères impossibles ici.',
      },
      'colliding-name': {
        title: 'Noms qui se confondent ici',
        reason: () =>
          'Pour cet ordinateur, ce nom et celui d’un autre fichier à côté sont identiques ; une copie reçoit un autre nom.',
      },
      'larger-than-medium': {
        title: 'Plus grand que le support',
        reason: ({ size }) =>
          `Il annonce ${size}, plus que tout le volume : son contenu ne peut pas être là en entier.`,
      },
      'shared-content': {
        title: 'Contenu partagé par deux fichiers',
        reason: () =>
          'Il commence au même endroit qu’un autre fichier : le système de fichiers est endommagé ou inventé, et l’un des deux au moins est faux.',
      },
      'strange-date': {
        title: 'Dates impossibles',
        reason: () => 'Sa date est antérieure à 1980 ou dans le futur.',
      },
      setuid: {
        title: 'Programmes qui s’exécutent sous un autre nom',
        reason: () =>
          'Sous Linux et macOS, ce programme s’exécuterait avec les droits de son propriétaire. Les copies perdent cette marque.',
      },
      'device-node': {
        title: 'Fichiers de périphérique',
        reason: () => 'Cela représente un périphérique de l’ordinateur, pas un contenu. Ce n’est jamais copié.',
      },
      'outside-link': {
        title: 'Liens qui sortent du support',
        reason: () => 'Ce lien mène hors du support : sur votre ordinateur, il désignerait vos propres fichiers.',
      },
    },
  },
} satisfies typeof english;
