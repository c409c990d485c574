// What `ptrace-fork --strace --help` prints.
#pragma once

#include <string_view>

namespace ptop::ptrace_fork {

inline constexpr std::string_view strace_help =
    R"(Usage: ptrace-fork --strace [OPTIONS] PROG [ARG...]
   or: ptrace-fork --strace [OPTIONS] -p PID...

System calls in the options and the line format of strace 6.1.

Which processes
  -p PID             attach to it; may be repeated, or a list
  -f                 children too
  -ff -o FILE        children too, each task to FILE.PID
  -b execve          let a process go when it execs
  -D, -DD, -DDD      trace from a grandchild; in a group of its own; in a session of its own
  -E VAR[=VAL]       set or remove a variable of the program's environment
  -u USER            run the program as this user
  -I LEVEL           what SIGINT, SIGTERM and the like do: 1, 2 (anywhere, waiting): end the tracer and
                     what it started; 3, 4 (never, never_tstp): nothing

What is printed
  -e trace=SET       only these calls: names, numbers, %class, /regex, all, none; '!' inverts, '?' forgives
  -e signal=SET      only these signals
  -e status=SET      only calls that are successful, failed, unfinished, detached
  -z, -Z             only calls that succeeded, that failed
  -P PATH            only calls with this path, or a descriptor of it
  -q, -qq, -qqq      fewer messages; -e quiet=attach,exit,path-resolution,personality,thread-execve

How
  -a COLUMN          where results stand (40)
  -s SIZE            bytes shown of a string (32)
  -v                 whole structures; -e abbrev=SET, -e verbose=SET, -e raw=SET by call
  -x, -xx            strings with odd bytes in hex, all strings in hex; --strings-in-hex=non-ascii-chars
  -X FORMAT          constants as raw, abbrev or verbose
  -y, -yy            paths of descriptors; sockets, devices and pidfds too; -e decode-fds=path,socket,dev,pidfd
  -e read=SET        the bytes that are read from these descriptors, in hex; -e write=SET: that are written
  -Y, --decode-pids=comm,pidns
                     command names of pids; pids of another namespace in ours, too
  -n, -i, -k         the call's number; where it was made; the stack
  -t, -tt, -ttt      time of day; with microseconds; seconds since 1970; --absolute-timestamps=FORMAT,PRECISION
  -r, -T             time since the line before; time in the call; =s, ms, us or ns with their long names

Where
  -o FILE            to a file, or '|COMMAND'; -A appends
  --no-share-cpu     let tracer and program run on any processors at all times (strace has no such option)
  --json-file FILE   the same events as JSON Lines, beside the lines of text (strace has no such option)

A table at the end
  -c, -C             only the table; the table behind the log
  -S SORT, -U COLS   time, min-time, max-time, avg-time, calls, errors, name
  -w, -O OVERHEAD    time on the wall; what the tracing itself takes

  -h, -V             this help; the version

Refused: -d, -e inject=, -e fault=, -e kvm=, --tips.)";

}  // namespace ptop::ptrace_fork
