#!/usr/bin/python3
"""In the guest, as root: the authentication agent of the person's session (polkit's D-Bus interfaces), which answers every question the same way.

usage: agent.py grant|refuse|dismiss SECONDS SESSION CGROUP
It prints 'ready', and a line for each question. SECONDS is how long the person takes to answer.
"""
import os
import sys

from gi.repository import Gio, GLib

answer, seconds, session, cgroup = sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4]
# polkitd takes an agent only from the session that it is for.
with open(os.path.join(cgroup, "cgroup.procs"), "w") as procs:
    procs.write(str(os.getpid()))

PATH = "/org/airlock/TestAgent"
INTERFACE = Gio.DBusNodeInfo.new_for_xml(
    """<node><interface name="org.freedesktop.PolicyKit1.AuthenticationAgent">
    <method name="BeginAuthentication">
      <arg type="s" name="action" direction="in"/><arg type="s" name="message" direction="in"/>
      <arg type="s" name="icon" direction="in"/><arg type="a{ss}" name="details" direction="in"/>
      <arg type="s" name="cookie" direction="in"/><arg type="a(sa{sv})" name="identities" direction="in"/>
    </method>
    <method name="CancelAuthentication"><arg type="s" name="cookie" direction="in"/></method>
    </interface></node>"""
).interfaces[0]
bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)


def authority(method, parameters):
    name = "org.freedesktop.PolicyKit1"
    path = "/org/freedesktop/PolicyKit1/Authority"
    bus.call_sync(name, path, name + ".Authority", method, parameters, None, 0, -1, None)


def begin(invocation, action, cookie, identity):
    print("asked for " + action, flush=True)
    if answer == "grant":
        kind, details = identity
        plain = {key: GLib.Variant("u", value) for key, value in details.items()}
        authority("AuthenticationAgentResponse2", GLib.Variant("(us(sa{sv}))", (0, cookie, (kind, plain))))
    if answer == "dismiss":
        invocation.return_dbus_error("org.freedesktop.PolicyKit1.Error.Cancelled", "dismissed")
    else:
        invocation.return_value(None)
    return GLib.SOURCE_REMOVE


def on_call(_bus, _sender, _path, _interface, method, parameters, invocation):
    if method == "CancelAuthentication":
        print("cancelled", flush=True)
        invocation.return_value(None)
        return
    action, _message, _icon, _details, cookie, identities = parameters.unpack()
    GLib.timeout_add(int(seconds * 1000), begin, invocation, action, cookie, identities[0])


bus.register_object(PATH, INTERFACE, on_call, None, None)
subject = ("unix-session", {"session-id": GLib.Variant("s", session)})
authority("RegisterAuthenticationAgent", GLib.Variant("((sa{sv})ss)", (subject, "C", PATH)))
print("ready", flush=True)
GLib.MainLoop().run()
