/** No reading with an administrator's rights could be had. `dismissed`: the user was asked and said no. */
export class ElevationError extends Error {
  readonly dismissed: boolean;

  constructor(message: string, dismissed = false) {
    super(message);
    this.name = 'ElevationError';
    this.dismissed = dismissed;
  }
}
