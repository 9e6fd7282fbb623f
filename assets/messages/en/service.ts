/** Sentences that main says to people, in the window and in reports. */

export const service = {
  service: {
    notADevice: 'This is not a device.',
    notCopied: 'Only files that Airlock has copied can be handed to other programs.',
    emptySlot: 'There is no medium in this drive.',
    busyCopying: 'Something is still being copied from this medium. Wait for it, or cancel it first.',
    worker: {
      nonsense:
        'The process that reads this medium answered with nonsense and was ended. The medium may be made to do harm.',
    },
    image: {
      notADevice: 'Only a stick, card or drive that is plugged in can be saved as an image.',
      running: 'An image of this medium is being saved already.',
      cannotRead: 'The raw bytes of this medium cannot be read.',
      removed: 'The medium was pulled out. Plug it in again to go on where it stopped.',
      noAnswer: 'The medium does not answer. Plug it in again to go on where it stopped.',
      noSpace: 'There is not enough space in this folder. Free some, or choose a folder on another disk.',
      tooLarge: 'The image is larger than a file may be in this folder. Choose a folder on another disk.',
      otherBytes:
        'The disk gave back other bytes than were written to it. Try again: what is wrong is read anew. If it happens once more, choose a folder on another disk.',
      failed: 'The image could not be saved.',
      noName: 'There are too many images of this name in this folder. Choose another folder.',
      noFolder: 'This folder cannot be used. Choose another one.',
      plugAgain: (name: string) => `${name} is not there. Plug it in again to go on.`,
      notResumable: 'This image cannot be gone on with.',
      notFinished: 'This image is still being saved.',
      notThere: 'This image is no longer in the list.',
    },
  },
};
