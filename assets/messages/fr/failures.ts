/** French: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'Cela n’a pas fonctionné.',
    unknownRequest: 'Airlock ne connaît pas cette demande.',
    badRequest: 'Cette demande n’est pas conforme.',
    notInThisWindow: 'Ce n’est pas possible dans cette fenêtre.',
    beingCopied: 'Une copie depuis ce support est encore en cours.',
    folderClosed: 'Ce dossier n’est plus ouvert.',
    volumeClosed: 'Ce volume n’est pas ouvert.',
    mediumClosed: 'Ce support n’est pas ouvert.',
    mediumGone: 'Ce support n’est plus là.',
    mediumPulled: 'Ce support a été débranché.',
    pulledOut: 'Le support a été débranché.',
    systemDisk: 'L’ordinateur fonctionne à partir de ce disque. Airlock ne l’ouvre pas.',
    systemDiskStays: 'L’ordinateur fonctionne à partir de ce disque. Il n’est pas éjecté.',
    noFile: 'Ce fichier n’existe pas.',
    noImage: 'Ce n’est pas un fichier image.',
    targetNotWhole: 'Le dossier de destination doit être indiqué avec son chemin complet.',
    settingsNotSaved: 'Les réglages n’ont pas pu être enregistrés.',
    folderNotWhole: 'Un dossier doit être indiqué avec son chemin complet.',
    folderNotMade: 'Le dossier n’a pas pu être créé.',
    folderUnreadable: 'Ce dossier est illisible.',
    targetOnMedium: 'Ce dossier est sur le support lui-même. Choisissez-en un sur un autre disque.',
    noQuestion: 'Cette copie n’attend pas de réponse.',
    copyRuns: 'Cette copie n’est pas terminée.',
    copyGone: 'Cette copie n’existe plus.',
    unreadable: 'Le support est illisible à cet endroit. Il est peut-être usé.',
    damaged: (what) => `Le système de fichiers est endommagé : ${what}.`,
    noFileSystem: 'Il n’y a ici aucun système de fichiers qu’Airlock sache lire.',
    unsupported: (what) => `Ceci utilise une fonction qu’Airlock ne lit pas : ${what}.`,
    entryGone: 'Ce n’est plus là.',
    impossible: (why) => `Ce n’est pas possible : ${why}.`,
    notLockedDown: 'Le processus de lecture n’a pas pu être confiné ; le support n’a donc pas été ouvert.',
    mayNotRead: 'Vous n’avez pas le droit de lire ceci.',
    noMedium: 'Il n’y a pas de support dans le lecteur, ou il a été retiré.',
    cannotOpen: (why) => `Ouverture impossible : ${why}.`,
    sampleName: 'Clé d’exemple',
  },
} satisfies Translation<typeof english>;
