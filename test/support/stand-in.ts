/** Stand-ins for parts of Electron in tests. */

/** A stand-in has the fields that the code under test uses; Electron's own types have hundreds more. */
export function standIn<Real>(parts: object): Real {
  return parts as Real;
}

/** An event that notes whether its default was prevented. */
export function preventable() {
  const event = {
    prevented: false,
    preventDefault: () => {
      event.prevented = true;
    },
  };
  return event;
}
