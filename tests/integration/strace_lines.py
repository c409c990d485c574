"""Lines of strace, of a whole program: those of each process in order, aligned with another run's, and judged."""
import collections
import difflib
import functools
import re
import subprocess
import tempfile

RESUMED = re.compile(r"<\.\.\. (\S+) resumed>")
BIRTH = re.compile(r"^(?:clone|clone3|fork|vfork)\((.*)\) += (\d+|P[.\d]+)(?:<|$)")
SLEEPS = re.compile(r"^(?:nanosleep|clock_nanosleep|setitimer|timer_settime|timerfd_settime|select|pselect6|ppoll|epoll_pwait2|utimensat|setsockopt)\(")

# What is new in every run of any program; it is put in words so that lines can be aligned. All else that differs from
# run to run is found by running strace more than once.
TIMES = re.compile(r"(tv_n?u?sec=)-?\d+")
NEW_EACH_RUN = [
    (re.compile(r"((?:pipe|socket|eventfd|[A-Z][A-Z0-9-]*):\[|->|anon_inode:\[[a-z]*)\d{4,}\b"), r"\1N"),
    (re.compile(r"(st_ino=|stx_ino=|d_ino=|d_off=|stx_mnt_id=)-?\d+"), r"\1N"),
    (re.compile(r"(st_dev=makedev\()0x[0-9a-f]+, 0x[0-9a-f]+"), r"\1N"),
    (re.compile(r"(st_[amc]time(?:_nsec)?=)-?\d+"), r"\1N"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d{4}"), "DATE"),
    (re.compile(r"\b0x[0-9a-f]{8,16}\b"), "ADDRESS"),
    (re.compile(r"(si_utime=|si_stime=|si_timerid=)\d+(?: /\* [\d.]+ s \*/)?"), r"\1N"),
    (re.compile(r"(nlmsg_seq=)\d{9,}"), r"\1N"),
    # What the register of results held when the signal came, which may come after any call.
    (re.compile(r"^(rt_sigreturn\(.*?\) += ).*"), r"\1RESULT"),
]


CUT_OFF = " (its end)"


def settled(line):
    """Without the column of the result: it hangs on how long numbers are, and has a test of its own."""
    return re.sub(r"\) +=", ") =", line)


def normal(line):
    if not SLEEPS.match(line):
        line = TIMES.sub(r"\1N", line)
    for pattern, put in NEW_EACH_RUN:
        line = pattern.sub(put, line)
    return line


class Run:
    """The lines of each process, in the order of the process; a call broken off is one line again."""

    def __init__(self, path):
        self.lines, self.threads, open_calls = {}, set(), {}
        with open(path, encoding="utf-8", errors="surrogateescape") as log:
            for raw in log:
                pid, _, line = raw.rstrip("\n").partition(" ")
                self.add(pid, line.strip(), open_calls)
        for pid, rest in open_calls.items():
            self.lines.setdefault(pid, []).append(rest)
        self.processes = self.named()
        self.known_forms, self.known_roles = None, {}

    def add(self, pid, line, open_calls):
        mine = self.lines.setdefault(pid, [])
        if line.endswith(" <unfinished ...>") and not line.startswith("<..."):
            open_calls[pid] = line[:-len(" <unfinished ...>")]
            return
        resumed = RESUMED.match(line)
        if resumed:
            line = open_calls.pop(pid, resumed.group(1) + "(") + line[resumed.end():]
        if line.startswith("+++ ") and mine and mine[-1].endswith(" = ?"):
            mine[-1] += CUT_OFF
        mine.append(settled(line))

    def labels(self):
        """By birth, not by number: the second child of the first child is P.1.2 in every run."""
        label, waiting = {}, [(next(iter(self.lines), ""), "P")]
        while waiting:
            pid, name = waiting.pop(0)
            if pid in label:
                continue
            label[pid] = name
            births = [birth for birth in map(BIRTH.match, self.lines.get(pid, ())) if birth]
            children = {f"{name}.{number}": birth for number, birth in enumerate(births, 1)}
            waiting.extend((birth.group(2), child) for child, birth in children.items())
            self.threads.update(child for child, birth in children.items() if "CLONE_THREAD" in birth.group(1))
        for number, pid in enumerate(self.lines):
            label.setdefault(pid, f"P?{number}")
        return label

    def named(self):
        label = self.labels()
        # A year is no pid, though one may have its number.
        pids = re.compile(r"(?<![\w.])(" + "|".join(sorted(map(re.escape, label), key=len, reverse=True)) +
                          r")(?![\w.]|-\d\d-\d\dT)")
        return {label[pid]: [pids.sub(lambda found: label[found.group(1)], line) for line in lines]
                for pid, lines in self.lines.items()}

    def forms(self):
        if self.known_forms is None:
            lines = {line for lines in self.processes.values() for line in lines}
            self.known_forms = {part for line in lines for part in (*forms(line), *forms(cut_off(line)))}
        return self.known_forms

    def role(self, label):
        """What a thread did, and how often."""
        if label not in self.known_roles:
            self.known_roles[label] = collections.Counter(map(form, self.processes.get(label, ())))
        return self.known_roles[label]

    def children(self, label):
        births = (BIRTH.match(line) for line in self.processes.get(label, ()))
        return [name for name in dict.fromkeys(birth.group(2) for birth in births if birth) if name in self.processes]


def same_tasks(one, other):
    """(label in one run, label in the other) of every task. Processes are the same by the order of their births. Which of
    several threads takes up a piece of work is chance: of the threads of one process those that did the same are the same."""
    waiting, pairs_of_tasks = [("P", "P")], []
    while waiting:
        first, second = waiting.pop(0)
        pairs_of_tasks.append((first, second))
        waiting.extend(same_children(one, other, one.children(first), other.children(second)))
    for run, side in (one, 0), (other, 1):
        seen = {pair[side] for pair in pairs_of_tasks}
        rest = [label for label in run.processes if label not in seen]
        pairs_of_tasks.extend((label, None) if side == 0 else (None, label) for label in rest)
    return pairs_of_tasks


def same_children(one, other, firsts, seconds):
    threads = [label for label in firsts if label in one.threads], [label for label in seconds if label in other.threads]
    by_birth = [label for label in firsts if label not in one.threads], [label for label in seconds if label not in other.threads]
    yield from zip(*by_birth)
    alike = sorted(((one.role(a) & other.role(b)).total(), a == b, a, b) for a in threads[0] for b in threads[1])
    free = set(threads[0]), set(threads[1])
    for _, _, a, b in reversed(alike):
        if a in free[0] and b in free[1]:
            free[0].remove(a), free[1].remove(b)
            yield a, b


# Bytes that follow each other and are the same are one word.
WORDS = re.compile(r"(\\x[0-9a-f]{2}|\\\d{1,3})\1*|\\\w|\w+|\s+|[^\w\s]")


def words_of(line):
    return [word.group() for word in WORDS.finditer(line)]


def in_common(a, b):
    return next((n for n, (one, other) in enumerate(zip(a, b)) if one != other), min(len(a), len(b)))


@functools.lru_cache(maxsize=None)
def differences(first, second):
    """Pieces of the first line that the second has otherwise: (from, to, what, instead), in words."""
    a, b = words_of(first), words_of(second)
    begin = in_common(a, b)
    end = in_common(a[begin:][::-1], b[begin:][::-1])
    middle = difflib.SequenceMatcher(None, a[begin:len(a) - end], b[begin:len(b) - end], autojunk=False)
    return [(begin + i1, begin + i2, a[begin + i1:begin + i2], b[begin + j1:begin + j2])
            for kind, i1, i2, j1, j2 in middle.get_opcodes() if kind != "equal"]


def same_notation(theirs, ours):
    """One number stays a number of that base, whatever it is."""
    if len(theirs) != 1 or len(ours) != 1:
        return True
    for notation in (r"0x[0-9a-f]+", r"[1-9]\d*|0", r"0\d+"):
        if re.fullmatch(notation, theirs[0]) and theirs[0] != "0":
            return re.fullmatch(notation, ours[0]) is not None or ours[0] == "0"
    return True


def unexcused(theirs, ours, agains):
    """Pieces that differ where the runs of strace do not differ from each other, or that are of another notation."""
    varying = [(i1, i2) for again in agains for i1, i2, _, _ in differences(theirs, again)]
    return [(i1, what, instead) for i1, i2, what, instead in differences(theirs, ours)
            if not any(first <= i1 and i2 <= last for first, last in varying) or not same_notation(what, instead)]


FORMS = [
    (re.compile(r'"(?:[^"\\]|\\.)*"(?:\.\.\.)?'), "TEXT"),
    (re.compile(r"<(/[^<>]*|(?:pipe|socket|anon_inode):[^<>]*|[A-Z0-9-]+:\[[^\[\]]*\])(?=[<>])"),
     lambda found: "<" + re.sub(r"\[.*", "[]", found.group(1)) if not found.group(1).startswith("/") else "<PATH"),
    (re.compile(r"\bP(?:\?\d+|(?:\.\d+)*)\b"), "0"),
    (re.compile(r"\b(?:0x[0-9a-f]+|ADDRESS)\b"), "X"),
    (re.compile(r"\b\d+\b"), "0"),
    (re.compile(r"(?<![\w\]])-(?=0(?! E))"), ""),
]
REPEATED = re.compile(r"(\{(?:[^{}]|\{[^{}]*\})*\}|\[[^\[\]]*\]|\b(?:0|X|TEXT))(?:,? \1)+(?![\w.])")


def form(line):
    """What is left of a line when its numbers, its strings and the number of equal items are taken out: names, flags,
    errors, the order of everything."""
    line = normal(line)
    for pattern, put in FORMS:
        line = pattern.sub(put, line)
    shorter = REPEATED.sub(r"\1, ..", line)
    while shorter != line:
        line, shorter = shorter, REPEATED.sub(r"\1, ..", shorter)
    return line


# How many events are there already, and whether a lock is free again before its waiter sleeps, is the speed of others.
EVENTS = re.compile(r"^(?:epoll_wait|epoll_pwait2?)\(")
EVENT = re.compile(r"\{events=[^{}]*\{[^{}]*\}\}")
FUTEX = re.compile(r"^(futex\(.*\)) = (.*)$")
RESULT = re.compile(r"^(\w+\(.*\)) = .*$")
# Which thread takes a signal of the process, and so whose mask it is, is the kernel's choice.
SIGNAL_MASK = re.compile(r"^(rt_sigreturn\(\{mask=)~?\[(?:(?:[A-Z][A-Z0-9_]+)(?: (?=[A-Z])|(?=\])))*\]")


def cut_off(line):
    """As it is where another thread ends the program before the call comes back."""
    return RESULT.sub(r"\1 = ?" + CUT_OFF, line)


def forms(line):
    """A line that others than the caller had a part in has a form for each part."""
    if EVENTS.match(line):
        items = {"epoll " + form(item) for item in EVENT.findall(line)}
        return {form(re.sub(r"\[\{events=.*\}\](?=, )", "[EVENTS]", line)), *items}
    line, futex = SIGNAL_MASK.sub(r"\1SET", line), FUTEX.match(line)
    return {form(futex.group(1)), "futex = " + form(futex.group(2))} if futex else {form(line)}


MANY = 500
HUNK = re.compile(r"^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$", re.MULTILINE)


def changes_of_many(a, b):
    """As get_opcodes(), by diff(1): difflib takes minutes for thousands of lines that are much the same."""
    with tempfile.NamedTemporaryFile("w") as first, tempfile.NamedTemporaryFile("w") as second:
        numbers = {}
        for file, lines in (first, a), (second, b):
            file.write("".join(f"{numbers.setdefault(line, len(numbers))}\n" for line in lines))
            file.flush()
        hunks = subprocess.run(["diff", first.name, second.name], check=False, stdout=subprocess.PIPE).stdout.decode()
    i = j = 0
    for first, last, kind, other, other_last in HUNK.findall(hunks):
        # An empty side names the line that it follows.
        i1, i2 = (int(first), int(first)) if kind == "a" else (int(first) - 1, int(last or first))
        j1, j2 = (int(other), int(other)) if kind == "d" else (int(other) - 1, int(other_last or other))
        if i < i1:
            yield "equal", i, i1, j, j1
        yield {"a": "insert", "d": "delete", "c": "replace"}[kind], i1, i2, j1, j2
        i, j = i2, j2
    if i < len(a):
        yield "equal", i, len(a), j, len(b)


def changes(a, b):
    if max(len(a), len(b)) > MANY:
        return changes_of_many(a, b)
    return difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


FUTEX_OPERATION = re.compile(r"futex\(\w+, (\w+)")


def head(line):
    return re.match(r"\w*", line).group() or line[:3]


def use(line):
    """One that waits and one that wakes have nothing in common but the name."""
    operation = FUTEX_OPERATION.match(line)
    return operation.group(1) if operation else head(line)


def pairs(ours, theirs):
    """(index of strace's line or None, of ours or None) in order; in a block that differs, by call."""
    a, b = list(map(normal, theirs)), list(map(normal, ours))
    for kind, i1, i2, j1, j2 in changes(a, b):
        if kind == "equal":
            yield from zip(range(i1, i2), range(j1, j2))
            continue
        for inner, a1, a2, b1, b2 in changes(list(map(use, a[i1:i2])), list(map(use, b[j1:j2]))):
            if inner == "equal":
                yield from zip(range(i1 + a1, i1 + a2), range(j1 + b1, j1 + b2))
            else:
                yield from ((i, None) for i in range(i1 + a1, i1 + a2))
                yield from ((None, j) for j in range(j1 + b1, j1 + b2))


def kind_of_difference(theirs, ours, agains=()):
    """The call, and a short name of the first piece that differs, numbers left out; and all pieces."""
    if theirs is None or ours is None:
        return head(ours or theirs), "only ours" if theirs is None else "only strace's", ours or theirs
    words, pieces = words_of(normal(theirs)), []
    for i, what, instead in unexcused(normal(theirs), normal(ours), agains) or unexcused(normal(theirs), normal(ours), ()):
        pieces.append(f"{''.join(words[max(0, i - 9):i])}[{''.join(what)} | {''.join(instead)}]")
    return head(theirs), re.sub(r"\d+", "9", (pieces or ["?"])[0])[:110], "\n".join(pieces)


class Count:
    """equal: to the letter, but for pids. varies: otherwise only in what is new in every run. moved: it stands at another
    place, or another number of times, and both print lines of this form. chance: only one run of strace has a line of this
    form, and the others no more than we. explained: known, with a reason."""

    def __init__(self):
        self.lines = self.equal = self.varies = self.moved = self.chance = self.explained_lines = 0
        self.explained = collections.Counter()
        self.unexplained = collections.defaultdict(list)

    @property
    def bad(self):
        return sum(map(len, self.unexplained.values()))


class Comparison:
    """One run of ours, and several of strace; more runs of both say what differs in any two runs."""

    def __init__(self, known):
        self.known, self.strace, self.ours, self.their_forms, self.our_forms = known, [], [], set(), set()

    def add(self, theirs, ours):
        if theirs:
            self.strace.append(theirs)
            self.their_forms |= theirs.forms()
        if ours:
            self.ours.append(ours)
            self.our_forms |= ours.forms()

    def judge(self):
        count, theirs, ours = Count(), self.strace[0], self.ours[0]
        agains = [(run, dict(same_tasks(theirs, run))) for run in self.strace[1:]]
        for their_label, our_label in same_tasks(theirs, ours):
            self.judge_process(count, ours.processes.get(our_label, []), theirs.processes.get(their_label, []),
                               [run.processes.get(label.get(their_label), []) for run, label in agains])
        return count

    def judge_process(self, count, ours, theirs, agains):
        beside = collections.defaultdict(list)
        for again in agains:
            for i, j in pairs(again, theirs):
                if i is not None and j is not None:
                    beside[i].append(again[j])
        for i, j in pairs(ours, theirs):
            last = theirs[i - 1:i] if j is None else ours[j - 1:j] if i is None else []
            self.judge_line(count, theirs[i] if i is not None else None, ours[j] if j is not None else None, beside[i], "".join(last))

    def judge_line(self, count, theirs, ours, agains, last):
        count.lines += 1
        agains = list(map(normal, agains))
        if theirs == ours:
            count.equal += 1
        elif theirs and ours and (normal(theirs) == normal(ours) or
                                  agains and not unexcused(normal(theirs), normal(ours), agains)):
            count.varies += 1
        elif reasons := self.reasons(theirs, ours, agains, last):
            count.explained.update(reasons)
            count.explained_lines += 1
        elif (not theirs or forms(theirs) <= self.our_forms) and (not ours or forms(ours) <= self.their_forms):
            count.moved += 1
        elif not ours and self.by_chance(theirs):
            count.chance += 1
        else:
            call, kind, pieces = kind_of_difference(theirs, ours, agains)
            count.unexplained[call, kind].append(pieces)

    def by_chance(self, theirs):
        return any(not forms(theirs) <= run.forms() for run in self.strace[1:])

    def reasons(self, theirs, ours, agains, last):
        """One for each piece that differs; none at all, if one piece has none."""
        _, _, pieces = kind_of_difference(theirs, ours, agains)
        if theirs is None or ours is None:
            pieces += " after " + last
        found = [next((reason for pattern, reason in self.known if pattern.search(piece)), None) for piece in pieces.split("\n")]
        return set(found) if all(found) else None
