/** French: searching a medium, and where its space goes. */

import type { find as english } from '../en/find.ts';
import { plural } from './plural.ts';

export const find = {
  find: {
    copyResults: (shown) => `Copier tous les résultats (${shown})`,
    open: 'Rechercher des fichiers',
    region: 'Recherche',
    field: 'Nom ou partie du nom',
    placeholder: 'Nom, partie du nom, ou un masque comme *.jpg',
    where: 'Où chercher',
    places: {
      folder: 'Ce dossier',
      medium: 'Partout',
    },
    placesHint: {
      folder: 'Seulement les noms de ce dossier ; Entrée cherche partout.',
      medium: 'Dans tous les dossiers et tous les volumes de ce support.',
    },
    start: 'Rechercher',
    stop: 'Arrêter',
    close: 'Fermer la recherche',
    criteria: 'Autres critères',
    what: 'Quoi',
    whats: {
      all: 'Fichiers et dossiers',
      files: 'Fichiers seulement',
      folders: 'Dossiers seulement',
    },
    kind: 'Genre',
    anyKind: 'Tous les genres',
    size: 'Taille',
    sizeFrom: 'Au moins',
    sizeTo: 'Au plus',
    sizeUnit: 'Unité des tailles',
    date: 'Modifié',
    dateFrom: 'À partir de ce jour',
    dateTo: 'Jusqu’à ce jour',
    reset: 'Tout effacer',
    results: 'Résultats',
    searching: (looked) => `Examinés : ${looked}…`,
    resultsShown: (shown, count) => `${shown} ${plural(count, { one: 'résultat', other: 'résultats' })}`,
    resultsSoFar: (shown, count) => `${shown} ${plural(count, { one: 'résultat', other: 'résultats' })} pour l’instant`,
    found: (shown, count, looked) =>
      `${shown} ${plural(count, { one: 'résultat', other: 'résultats' })} parmi ${looked}`,
    stopped: (shown, count, looked) =>
      `Arrêté : ${shown} ${plural(count, { one: 'résultat', other: 'résultats' })} parmi les premiers ${looked}`,
    limited: (shown) => `Seuls les ${shown} premiers résultats sont affichés. Précisez la recherche.`,
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'élément illisible', other: 'éléments illisibles' })}.`,
    nothing: 'Rien n’a été trouvé.',
    nothingYet: 'Rien n’a été trouvé pour l’instant.',
    ask: 'Saisissez un nom, ou choisissez des critères, puis appuyez sur Entrée.',
    back: (shown, count) => `Retour à ${shown} ${plural(count, { one: 'résultat', other: 'résultats' })}`,
    closed: 'Cette recherche n’est plus ouverte.',
  },
  kindGroups: {
    folder: 'Dossiers',
    image: 'Images',
    video: 'Vidéos',
    audio: 'Audio',
    document: 'Documents',
    archive: 'Archives et images disque',
    program: 'Programmes et code',
    other: 'Autres',
  },
  space: {
    open: 'Ce qui occupe la place',
    title: 'Ce qui occupe la place',
    counting: (files, folders) => `Calcul en cours : ${files}, ${folders}`,
    countingSize: (size) => `${size} pour l’instant`,
    cancel: 'Annuler',
    map: (folder) => `Carte de ${folder} : plus c’est grand, plus cela prend de place`,
    hint: 'Les flèches vont d’une partie à l’autre, Entrée ouvre un dossier, Retour arrière remonte.',
    folders: (shown, count) => `${shown} ${plural(count, { one: 'dossier', other: 'dossiers' })}`,
    part: (name, size, share) => [name, size, share].filter((word) => word !== '').join(', '),
    folderPart: (name, size, share, files) => [name, size, share, files].filter((word) => word !== '').join(', '),
    rest: 'Tout ce qui est plus petit',
    largest: 'Ce qui est listé',
    largestFiles: 'Plus gros fichiers',
    largestFolders: 'Plus gros dossiers',
    kindsOfColours: 'Couleurs',
    total: (size, files) => `${size} dans ${files}`,
    empty: 'Rien n’occupe de place ici.',
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'élément illisible, absent', other: 'éléments illisibles, absents' })} de ces totaux.`,
    limited:
      'Il y a plus de fichiers et de dossiers qu’on ne peut en distinguer ici : les plus petits sont comptés dans les dossiers au-dessus.',
    close: 'Retour aux fichiers',
    closed: 'Ces totaux n’existent plus.',
  },
} satisfies typeof english;
