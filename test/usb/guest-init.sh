#!/bin/bash
# Process 1 of the guest: brings up what a desktop has running, starts the scenarios, and switches the machine off. Output goes to the serial console.
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
exec >/dev/console 2>&1 </dev/null
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/lock /run/dbus /run/udev /dev/shm /dev/pts
mount -t tmpfs -o mode=1777 shm /dev/shm
mount -t devpts -o mode=620,ptmxmode=666 pts /dev/pts
mount -t cgroup2 cgroup /sys/fs/cgroup
mount -t tmpfs -o mode=1777 tmp /tmp
ln -sfn /proc/self/fd /dev/fd
chmod u+s /usr/bin/pkexec
modprobe -qa xhci_pci usb_storage uas sd_mod vfat
busybox ip link set lo up
/lib/systemd/systemd-udevd --daemon
dbus-daemon --system --fork --nopidfile
# As udev's own rule for the kernel's block layer sets it: how often a card reader is asked whether a card is in.
echo 2000 >/sys/module/block/parameters/events_dfl_poll_msecs
udevadm trigger --action=add --subsystem-match=usb --subsystem-match=block --subsystem-match=pci --subsystem-match=virtio-ports
udevadm settle --timeout=20
node=/usr/bin/node
for word in $(</proc/cmdline); do case $word in airlock.node=*) node=${word#*=} ;; airlock.scenarios=*) scenarios=${word#*=} ;; esac; done
cd /
"$node" /airlock/dist/test/usb-guest.js "${scenarios:-short}"
echo "the scenarios ended with $?"
sync
echo o >/proc/sysrq-trigger
sleep 60
