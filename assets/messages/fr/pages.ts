/** French: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'Regarder avant de faire confiance',
    first:
      'Airlock ouvre les clés et les images disque dont vous vous méfiez : ses propres pilotes les lisent dans un processus confiné, si bien que rien n’atteint le noyau ni les fichiers de cet ordinateur.',
    second: 'Parcourez, copiez ce que vous voulez d’un clic, puis éjectez.',
    openImage: 'Ouvrir une image…',
    trySample: 'Essayer la clé d’exemple',
    hintDrop: 'Vous pouvez aussi déposer une image disque n’importe où dans cette fenêtre.',
    happens:
      'Une clé ouverte ici est lue par les pilotes d’Airlock, dans un processus qui ne peut rien faire d’autre : le noyau, les programmes et le réseau de cet ordinateur restent à l’écart.',
    notChanged:
      'Rien n’est jamais modifié sur la clé, et rien n’en parvient à cet ordinateur tant que vous ne le copiez pas.',
    notChecked:
      'Ce que vous copiez est identique à ce qui est sur la clé, et Airlock ne juge pas si c’est nuisible : ouvrez-le avec la même prudence que tout ce qui vient d’inconnus.',
    begin: 'Commencer',
    hintKeyboard: 'Appuyez sur ? à tout moment pour voir les raccourcis clavier.',
    hintPlug: 'Branchez une clé : elle apparaît dans la liste des supports.',
  },
  present: {
    open: 'Ouvrir en sécurité',
    explain:
      'Rien n’en a encore été lu. L’ouverture se fera en lecture seule, par un processus qui ne peut rien faire d’autre.',
    system:
      'Cet ordinateur fonctionne à partir de ce disque. Airlock l’affiche parce que vous avez demandé les disques système, et ne l’ouvre jamais.',
    size: 'Taille',
    location: 'Périphérique',
    file: 'Fichier',
    bus: 'Connexion',
  },
  opening: {
    title: (name) => `Ouverture de ${name}`,
    explain: 'Démarrage d’un processus confiné et lecture du contenu.',
  },
  ejecting: { title: (name) => `Éjection de ${name}` },
  ejected: {
    title: (name) => `${name} peut être retiré`,
    explain: 'Le support a été fermé et rien n’y a été modifié.',
    again: 'Rouvrir',
  },
  gone: {
    title: (name) => `${name} a été débranché`,
    explain:
      'Son processus est terminé. Ce qui a été entièrement copié est en sûreté ; le rapport d’une copie en cours dit ce qui manque.',
  },
  problem: {
    stoppedTitle: (name) => `${name} n’est plus lu`,
    volumeTitle: (name) => `Impossible d’ouvrir ${name}`,
    startAgain: 'Redémarrer',
    close: 'Fermer',
    contained:
      'Seul le processus de ce support a été touché. L’application, vos fichiers et les autres supports sont intacts, et le support n’a pas été modifié.',
    unchanged: 'Rien n’y a été modifié.',
    details: 'Détails techniques',
    log: 'Journal du noyau',
    noVolumes:
      'Rien ne peut être ouvert sur ce support. Il est peut-être vide, chiffré ou d’un type qu’Airlock ne connaît pas.',
    at: (offset) => `à l’octet ${offset}`,
    expectedFound: (expected, found) => `attendu ${expected}, trouvé ${found}`,
  },
} satisfies typeof english;
