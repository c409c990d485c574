# usage: spawn.sh one | many N
# What a recipe can show: stdin and stdout are files, a directory, a process group. The shell starts the program itself.
one() {
  set -m
  (cd / && exec /bin/cat) <in >out
}

many() {
  i=0
  while [ "$i" -lt "$1" ]; do
    echo "number $i" | sh -c "cat; exit $((i % 7))"
    echo $?
    i=$((i + 1))
  done
  'no such program'
  echo $?
}

"$@"
