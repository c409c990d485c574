#!/bin/sh
# as_user.sh SCRIPT PROGRAM…: runs a test script as an unprivileged user, on copies that this user can read wherever the
# build lies. Without root, or without setpriv, the test is skipped: then the plain run was unprivileged already.
set -eu
if [ "$(id -u)" != 0 ]; then
  echo "not root: the plain run of this test was unprivileged"
  exit 77
fi
command -v setpriv >/dev/null || { echo "no setpriv: skipped"; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
script=$1
shift
cp "$(dirname "$script")"/*.py "$folder"
set -- "$folder/$(basename "$script")" "$@"
for program; do
  case $program in
    "$folder"/*) set -- "$@" "$program" ;;
    -*|[0-9]*) set -- "$@" "$program" ;;
    *) cp "$program" "$folder"; set -- "$@" "$folder/$(basename "$program")" ;;
  esac
  shift
done
chmod -R a+rX "$folder"
setpriv --reuid=65534 --regid=65534 --clear-groups env -i HOME=/tmp PATH=/usr/bin:/bin python3 "$@"
