/** French: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'Le processus qui lit ce support a répondu n’importe quoi et a été arrêté. Le support est peut-être fait pour nuire.',
    },
    notADevice: 'Ce n’est pas un périphérique.',
    notCopied: 'Seuls les fichiers copiés par Airlock peuvent être remis à d’autres programmes.',
    emptySlot: 'Il n’y a pas de support dans ce lecteur.',
    busyCopying: 'Une copie depuis ce support est en cours. Attendez la fin, ou annulez-la d’abord.',
    image: {
      noAnswer: 'Le support ne répond pas. Rebranchez-le pour reprendre où il s’est arrêté.',
      notADevice: 'Seule une clé, une carte ou un disque branché peut être enregistré sous forme d’image.',
      running: 'Une image de ce support est déjà en cours d’enregistrement.',
      cannotRead: 'Les octets bruts de ce support sont illisibles.',
      removed: 'Le support a été débranché. Rebranchez-le pour reprendre où il s’est arrêté.',
      noSpace: 'Il n’y a pas assez de place dans ce dossier. Libérez-en, ou choisissez un dossier sur un autre disque.',
      tooLarge:
        'L’image dépasse la taille permise pour un fichier de ce dossier. Choisissez un dossier sur un autre disque.',
      otherBytes:
        'Le disque a rendu d’autres octets que ceux qui y ont été écrits. En reprenant, ce qui est faux est relu. Si cela se répète, choisissez un dossier sur un autre disque.',
      failed: 'L’image n’a pas pu être enregistrée.',
      noName: 'Ce dossier contient trop d’images de ce nom. Choisissez un autre dossier.',
      noFolder: 'Ce dossier est inutilisable. Choisissez-en un autre.',
      plugAgain: (name) => `${name} n’est pas là. Rebranchez-le pour reprendre.`,
      notResumable: 'Cette image ne peut pas être reprise.',
      notFinished: 'Cette image est encore en cours d’enregistrement.',
      notThere: 'Cette image n’est plus dans la liste.',
    },
  },
} satisfies typeof english;
