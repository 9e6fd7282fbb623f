# Sourced: bundles the rig and what it runs in the guest.
npx rolldown test/usb/rig.ts --platform node --format esm --file dist/test/usb-rig.js --log-level warn &&
  npx rolldown test/usb/guest.ts --platform node --format esm --file dist/test/usb-guest.js --log-level warn --external drivelist --external usb --external koffi || exit 1
