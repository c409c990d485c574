"""What lsof says of open files, and how it compares with ptop fds."""
import subprocess


def lsof_view():
    """{(pid, fd): {field letter: value}} as lsof has it."""
    text = subprocess.run(["lsof", "-n", "-P", "-w", "-d", "0-65535", "-o", "-o0", "-F", "pftinaDo"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=120).stdout.decode(errors="replace")
    rows, pid, row = {}, None, None
    for line in text.splitlines():
        letter, value = line[:1], line[1:]
        if letter == "p":
            pid = int(value)
        elif letter == "f" and value.isdigit():
            row = rows.setdefault((pid, int(value)), {})
        elif row is not None:
            row[letter] = value
    return rows


LSOF_TYPES = {"regular": {"REG"}, "directory": {"DIR"}, "char": {"CHR"}, "block": {"BLK"}, "fifo": {"FIFO"},
              "pipe": {"FIFO"}, "pty_master": {"CHR"}, "pty_slave": {"CHR"}, "memfd": {"REG"}, "mqueue": {"REG"}}
LSOF_SOCKETS = {"unix", "IPv4", "IPv6", "netlink", "pack", "raw", "raw6", "sock"}


def compare_with_lsof(row, lsof):
    kind = lsof.get("t")
    if row["type"] == "socket":
        if kind not in LSOF_SOCKETS:
            yield f"type {row['type']} for {kind}"
    elif row["type"] in LSOF_TYPES and kind not in LSOF_TYPES[row["type"]]:
        yield f"type {row['type']} for {kind}"
    if "i" in lsof and row["inode"] is not None and row["type"] in LSOF_TYPES and int(lsof["i"]) != row["inode"]:
        yield f"inode {row['inode']} for {lsof['i']}"
    if lsof.get("a", " ") in "rwu" and row["access"] in ("r", "w", "rw"):
        if {"r": "r", "w": "w", "u": "rw"}[lsof["a"]] != row["access"]:
            yield f"access {row['access']} for {lsof['a']}"
    # lsof has no offset of a file on which no position counts, and of a terminal one of its own making.
    if row["type"] == "regular" and lsof.get("o", "").startswith("0t") and row["position"] is not None:
        if int(lsof["o"][2:]) != row["position"]:
            yield f"position {row['position']} for {lsof['o']}"
    if row["type"] in ("regular", "directory") and row["path"].isascii() and row["path"].isprintable():
        name = lsof.get("n", "").removesuffix(" (deleted)")
        if name.split(" (")[0] != row["path"].split(" (")[0] and "\\" not in name:
            yield f"name {row['path']!r} for {name!r}"
