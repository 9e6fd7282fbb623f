/** Sentences that main says to people, in the window and in reports. */

export const service = {
  service: {
    failed: 'That did not work.',
  },
};
