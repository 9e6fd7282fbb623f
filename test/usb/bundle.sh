# Sourced: bundles the rig and what it runs in the guest.
for name in rig guest; do
  node_modules/.bin/rolldown "test/usb/$name.ts" --platform node --format esm --file "dist/test/usb-$name.js" --external drivelist --external usb --external koffi >/dev/null || exit 1
done
