"""Asks a real shell what it would complete, with the committed completion files."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

shell, source = sys.argv[1], pathlib.Path(sys.argv[2])
if not shutil.which(shell):
    print(f"{shell} is not installed")
    sys.exit(77)

# words typed (the last one is being completed), offered, not offered
CASES = [
    (["ptop", ""], {"ps", "tree", "dump"}, {"pid"}),
    (["ptop", "d"], {"dump"}, {"ps"}),
    (["ptop", "--co"], {"--color", "--columns"}, {"--sort"}),
    (["ptop", "ps", "--"], {"--sort", "--tree", "--no-headers", "--help"}, {"--delay", "--full"}),
    (["ptop", "dump", "--"], {"--columns", "--proc", "--full", "--csv", "--threads"}, {"--sort", "--ascii"}),
    (["ptop", "ps", "-o", "co"], {"comm", "command"}, {"pid"}),
    (["ptop", "ps", "-o", "pid,pp"], {"pid,ppid"}, {"pid,uid"}),
    (["ptop", "ps", "--sort", "rs"], {"rss"}, {"pid"}),
    (["ptop", "fds", "-o", "fd,po"], {"fd,position"}, {"fd,policy"}),
    (["ptop", "fds", "--sort", "si"], {"size"}, {"sid"}),
    (["ptop", "--color", "a"], {"auto", "always"}, {"never"}),
    (["ptop", "--proc", "DIRECTORY/f"], {"DIRECTORY/fixture/"}, {"DIRECTORY/file"}),
    (["ptop", "tree", "PID"], {"PID"}, {"ps"}),
    (["ptop", "--", "mkfif"], {"mkfifo"}, {"ps"}),
    (["ptop", "--delay", "2", "--", "mkfif"], {"mkfifo"}, {"ps"}),
    (["ptrace-fork", "--"], {"--json", "--threads", "--no-threads", "--attach"}, {"--sort"}),
    (["ptrace-fork", "-e", "opena"], {"openat"}, {"read"}),
    (["ptrace-fork", "-e", "read,opena"], {"read,openat"}, {"read,read"}),
    (["ptrace-fork", "--trace", "%proc"], {"%process"}, {"%file"}),
    (["ptrace-fork", "-o", "DIRECTORY/fi"], {"DIRECTORY/file"}, {"ps"}),
    (["ptrace-fork", "-p", "PID"], {"PID"}, {"ptop"}),
    (["ptrace-fork", "--json", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-o", "log", "mkfif"], {"mkfifo"}, {"--json"}),
    # "!" is kept: without it the set means the opposite
    (["ptrace-fork", "-e", "!opena"], {"!openat"}, {"openat"}),
    (["ptrace-fork", "-e", "!read,opena"], {"!read,openat"}, {"read,openat"}),
    (["ptrace-fork", "-e", "trace=opena"], {"trace=openat"}, {"trace=read"}),
    (["ptrace-fork", "-e", "trace=!opena"], {"trace=!openat"}, {"trace=openat"}),
    (["ptrace-fork", "-e", "\\!opena"], {"\\!openat"}, {"openat"}),
    (["ptrace-fork", "-e", "'!opena"], {"!openat"}, {"openat"}),
    (["ptrace-fork", "-e", "'trace=!read,opena"], {"trace=!read,openat"}, {"openat"}),
    (["ptrace-fork", "--trace=!opena"], {"!openat"}, {"openat"}),
    # each set has its own words
    (["ptrace-fork", "--events", ""], {"all", "none", "attach", "exec"}, {"openat", "%file"}),
    (["ptrace-fork", "--events", "exec,ex"], {"exec,exit", "exec,exec_failed"}, {"exec,execve"}),
    (["ptrace-fork", "--events=!ex"], {"!exec", "!exit"}, {"exec"}),
    (["ptrace-fork", "-e", "sta"], {"stat", "status"}, {"signal"}),
    (["ptrace-fork", "-e", "signal="], {"signal=all", "signal=INT"}, {"signal=openat", "signal=exec"}),
    (["ptrace-fork", "-e", "signal=!TERM,IN"], {"signal=!TERM,INT"}, {"signal=!TERM,TERM"}),
    (["ptrace-fork", "-e", "signal=SIGIN"], {"signal=SIGINT"}, {"signal=INT"}),
    (["ptrace-fork", "-e", "status="], {"status=successful", "status=failed", "status=unfinished"}, {"status=read"}),
    (["ptrace-fork", "--explain", ""], {"openat", "read"}, {"all", "%file", "status"}),
    (["ptrace-fork", "--abi", "x"], {"x86_64", "x32"}, {"i386"}),
    (["ptrace-fork", "-u", "roo"], {"root"}, {"--user"}),
    # the program is found behind whatever readline breaks words at
    (["ptrace-fork", "-E", "A=1", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-E", "A=/b:/c", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-E", "A=", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-e", "trace=openat", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-e", "trace=openat", "--", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "--events=exec", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "--json-file=/tmp/log", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "--color=always", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptop", "--color=always", "--", "mkfif"], {"mkfifo"}, {"ps"}),
    (["ptrace-fork", "--json-file=DIRECTORY/fi"], {"DIRECTORY/file"}, {"--json"}),
    (["ptrace-fork", "-o", "DIRECTORY/a:"], {"DIRECTORY/a:b=c"}, {"DIRECTORY/file"}),
    (["ptrace-fork", "-o", "DIRECTORY/a:b="], {"DIRECTORY/a:b=c"}, {"DIRECTORY/file"}),
    # options that may be repeated
    (["ptrace-fork", "-E", "A=1", "--env", "B=2", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-e", "trace=openat", "-e", "signal=INT", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-e", "openat", "-e", "signal=IN"], {"signal=INT"}, {"openat"}),
    (["ptrace-fork", "-q", "-q", "mkfif"], {"mkfifo"}, {"--json"}),
    (["ptrace-fork", "-t", "-tt", "mkfif"], {"mkfifo"}, {"--json"}),
]


def readline_words(word):
    """COMP_WORDS has what breaks words as words of their own, and quotes; of these nothing is replaced."""
    return [word] if word[:1] in ("", "'") else re.findall("[=:@]+|[^=:@]+", word)


def ask_bash(words):
    script = r"""
      source /usr/share/bash-completion/bash_completion || exit 77
      source "$1"; COMP_LINE=$2; replaced=$3; shift 3
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; COMP_KEY=9
      compopt() { :; }   # works only while readline completes
      function="_${1//-/_}"
      "$function" "$1" "$replaced" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
    """
    file = source / "completions/bash" / words[0]
    parts = [part for word in words for part in readline_words(word)]
    replaced = parts[-1].strip("=:@'")
    kept = words[-1][:len(words[-1]) - len(replaced)]
    replies = run(["bash", "--norc", "-c", script, "bash", str(file), " ".join(words), replaced, *parts])
    return [kept + reply for reply in replies if reply]


def ask_fish(words):
    line = " ".join(words)
    script = f"source {source}/completions/fish/{words[0]}.fish; complete -C {quote(line)}"
    return [reply.split("\t")[0] for reply in run(["fish", "--no-config", "-c", script])]


# A shell on a pseudo-terminal; compadd tells what matched instead of inserting it. The marks that end a read are typed
# in two halves: the terminal echoes what is typed, and the echo must not be taken for the answer.
ZSH = r"""
zmodload zsh/zpty || exit 77
zpty ask zsh -f -i
send() { zpty -w ask "$1" }
send 'PS1= PS2= RPS1=; unsetopt zle_bracketed_paste prompt_sp; stty -echo'
send "fpath=($1 \$fpath); autoload -U compinit; compinit -u -d $2/zcompdump"
send 'zstyle ":completion:*" list-grouped no; LISTMAX=0; null-line() { print -r "<do""ne>" }; zle -N null-line'
send 'compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return $?; fi
  typeset -a found; builtin compadd -A found "$@"
  local before=; zparseopts -D -E -a ignored P:=prefix_option 2>/dev/null
  for word in $found; do print -r -- "<=$IPREFIX$prefix_option[2]$word=>"; done
  builtin compadd "$@"
}'
send 'show() { zle complete-word; print -r "<do""ne>" }; zle -N show; bindkey "^I" show; bindkey "^U" kill-whole-line; print "<rea""dy>"'
zpty -r ask discarded '*<ready>*' || exit 1
zpty -n -w ask "$3"$'\t'
zpty -r ask answer '*<done>*' || exit 1
print -r -- "$answer"
zpty -d ask
"""


def ask_zsh(words):
    lines = run(["zsh", "-f", "-c", ZSH, "zsh", str(source / "completions/zsh"), directory, " ".join(words)])
    return re.findall(r"<=([^<>]*)=>", "\n".join(lines))


def quote(text):
    return "'" + text.replace("'", "\\'") + "'"


def run(command):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                            cwd=directory, env={**os.environ, "HOME": directory, "TERM": "dumb"}, timeout=60)
    if result.returncode == 77:
        print(f"{shell}: what this test needs is not installed")
        sys.exit(77)
    if result.stderr.strip():
        print(f"{command[-1]}: {result.stderr.strip()}")
    return [line.rstrip() for line in result.stdout.splitlines()]


ask = {"bash": ask_bash, "zsh": ask_zsh, "fish": ask_fish}[shell]
with tempfile.TemporaryDirectory() as directory:
    pathlib.Path(directory, "file").touch()
    pathlib.Path(directory, "a:b=c").touch()
    pathlib.Path(directory, "fixture").mkdir()

    def real(word):
        return word.replace("DIRECTORY", directory).replace("PID", str(os.getpid()))

    failed = False
    # in fish "!" needs no escape
    cases = [case for case in CASES if shell != "fish" or not case[0][-1].startswith("\\")]
    for words, offered, hidden in cases:
        replies = ask([real(word) for word in words])
        plain = {re.sub("^--[a-z-]+=|^'", "", reply).rstrip(" =") for reply in replies}
        plain |= {reply.replace("\\!", "!") for reply in plain}
        plain |= {reply.rstrip("/") for reply in plain} | {os.path.join(directory, reply) for reply in plain}
        plain |= {words[-1].rpartition(",")[0] + "," + reply for reply in plain if "," in words[-1]}
        wanted = {real(word).rstrip("/") for word in offered}
        if not wanted <= plain or plain & {real(word) for word in hidden}:
            failed = True
            print(f"{' '.join(words)!r}: wanted {sorted(offered)}, not {sorted(hidden)}; got {sorted(replies)[:12]}")
    if not failed:
        print(f"{shell}: {len(cases)} completions as they should be")
sys.exit(1 if failed else 0)
