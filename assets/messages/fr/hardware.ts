/** French: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `Lu par le pilote de cet ordinateur : ${drivers}`,
    title: 'Cet ordinateur l’a déjà monté',
    explain: (where) =>
      `Il est monté sur ${where} : le noyau de cet ordinateur a lu son système de fichiers. Airlock peut le faire démonter et le tenir, pour que rien d’autre ne le monte pendant que vous regardez.`,
    button: 'Prendre la main et ouvrir en sécurité',
    openAnyway: 'Ouvrir sans prendre la main',
    done: (name) => `Airlock tient ${name} : rien d’autre ne le monte tant qu’il est ouvert ici.`,
    banner: (where) => `Cet ordinateur l’a aussi monté sur ${where}.`,
    bannerButton: 'Prendre la main',
  },
  guard: {
    partWith: (name, state, note) => `${name} : ${state} (${note})`,
    part: (name, state) => `${name} : ${state}`,
    label: 'Empêcher cet ordinateur de monter les clés de lui-même',
    hint: 'Rien n’est alors lu sur une clé avant que vous l’ouvriez ici. La désactivation rétablit les réglages d’avant.',
    reading: 'Interrogation de l’ordinateur…',
    unknown: 'Rien de réglable qui monte les clés de lui-même n’a été trouvé sur cet ordinateur.',
    details: 'Ce qui est réglé',
    partOn: 'ne monte pas les clés',
    partOff: 'peut monter les clés',
    partAbsent: 'absent de cet ordinateur',
  },
  imaging: {
    save: 'Enregistrer une image de toute la clé…',
    region: 'Images en cours d’enregistrement',
    reading: (name) => `Enregistrement d’une image de ${name}`,
    finishing: 'Fin : vérification de ce qui a été écrit',
    done: (name) => `L’image de ${name} est enregistrée`,
    doneWith: (name, unreadable) => `L’image de ${name} est enregistrée ; illisible : ${unreadable}`,
    doneWithExplain: 'Ce qui était illisible est rempli de zéros dans l’image ; la carte à côté dit où.',
    interrupted: (name) => `${name} a été débranché`,
    cancelled: 'L’image est incomplète',
    cancelledExplain: 'Ce qui a été lu est conservé et peut être repris.',
    failed: 'L’image n’a pas pu être enregistrée',
    progress: (done, total) => `${done} sur ${total}`,
    progressLabel: (name) => `Progression de l’image de ${name}`,
    unreadable: (size) => `${size} illisibles jusqu’ici`,
    resumed: (size) => `${size} déjà présents`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'Arrêter',
    resume: 'Reprendre',
    dismiss: 'Fermer',
    reveal: 'Afficher dans le dossier',
  },
  slot: {
    title: 'Il n’y a rien dans ce lecteur',
    explain: 'Insérez une carte ou un disque : il apparaît ici.',
    drive: 'Lecteur',
    badge: 'Vide',
    badgeHint: 'Il n’y a pas de support dans ce lecteur.',
  },
  siblings: {
    title: 'D’autres supports sont dans le même lecteur',
    explain: (names) =>
      `${names}. Si ce lecteur ne peut être éteint qu’en entier, ils partent avec lui et sont fermés ici.`,
    eject: 'Éjecter quand même',
    keep: 'Le laisser',
  },
  speed: {
    label: 'Vitesse USB',
    low: 'Basse vitesse (1,5 Mbit/s)',
    full: 'Pleine vitesse (12 Mbit/s)',
    high: 'USB 2, haute vitesse (480 Mbit/s)',
    super: 'USB 3 (5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 (${gigabits} Gbit/s)`,
  },
} satisfies typeof english;
