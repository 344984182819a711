#!/bin/sh
# What npm run test:deb falls back to where podman cannot run systemd: dist/agent/mailpath-agent.deb in a clean Debian without Node
# (debootstrap, as root). No systemd runs in a chroot: start, kill and restart by the unit are not shown here.
set -eu
cd "$(dirname "$0")/../.."
deb=dist/agent/mailpath-agent.deb
[ -f "$deb" ] || { echo "test:deb: there is no $deb: npm run build:agent -- --only bundle,linux,deb"; exit 1; }
[ "$(id -u)" = 0 ] || { echo 'test:deb: run it as root, chroot needs that'; exit 1; }
command -v debootstrap >/dev/null || { echo 'test:deb: needs debootstrap: apt-get install debootstrap'; exit 1; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" >/dev/null
cp "$deb" "$root/tmp/agent.deb"
inside() { chroot "$root" sh -c "$1"; }
expect() { if inside "$2" >/dev/null 2>&1; then echo "ok: $1"; else echo "failed: $1"; exit 1; fi; }
expect 'there is no Node' '! command -v node'
expect 'installs' 'DEBIAN_FRONTEND=noninteractive dpkg -i /tmp/agent.deb'
expect 'runs' 'mailpath-agent --version'
expect 'is deaf to NODE_OPTIONS' 'NODE_OPTIONS=--require=/nonexistent.js mailpath-agent --version'
expect 'its state folder is its own' '[ "$(stat -c %U:%a /var/lib/mailpath-agent)" = mailpath-agent:700 ]'
expect 'says that it is not enrolled' 'mailpath-agent status 2>&1 | grep -q "not enrolled"'
inside 'echo {} > /var/lib/mailpath-agent/agent.json'
expect 'installs over itself' 'DEBIAN_FRONTEND=noninteractive dpkg -i /tmp/agent.deb'
expect 'is removed' 'dpkg -r mailpath-agent && ! command -v mailpath-agent'
expect 'keeps its state then' '[ -f /var/lib/mailpath-agent/agent.json ]'
expect 'is purged' 'dpkg -P mailpath-agent'
expect 'leaves no file' '[ ! -e /var/lib/mailpath-agent ] && [ ! -e /usr/lib/mailpath-agent ]'
expect 'leaves no user' '! getent passwd mailpath-agent && ! getent group mailpath-agent'
