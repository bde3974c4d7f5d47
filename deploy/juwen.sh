#!/bin/sh
# The command line of the service, as its user and with its settings: sudo juwen index, sudo juwen keys add NAME.
# Install it: install -m 755 deploy/juwen.sh /usr/local/bin/juwen
set -eu
if [ "$(id -u)" != 0 ]; then
    echo "juwen: run it as root: sudo juwen $*" >&2
    exit 1
fi
set -a
if [ -e /etc/juwen/juwen.env ]; then
    . /etc/juwen/juwen.env
fi
set +a
cd /var/lib/juwen
HOME=/var/lib/juwen exec setpriv --reuid=juwen --regid=juwen --init-groups /opt/juwen/.venv/bin/juwen "$@"
