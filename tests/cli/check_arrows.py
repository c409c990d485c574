"""Checks that includes follow the arrows between rooms.

The graph is read from the ptop_room() calls, so it is the one the linker sees; headers that need no linking are
checked as well. ncurses and CLI11 stay where they belong.
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
CURSES = re.compile(r"^(ncursesw?/)?n?curses\.h$|^(ncursesw?/)?(panel|menu|form|term)\.h$")
CURSES_HOME = {"src/ptop/screen/curses.cpp"}
CLI11_HOME = re.compile(r"^(src/cli/|tools/gen-cli/|src/ptop/options\.cpp$|src/ptrace-fork/options\.cpp$)")


def room_graph():
    """Room name -> the rooms it may use, itself and what those use included."""
    uses = {}
    for cmake in sorted(root.glob("src/*/CMakeLists.txt")):
        text = re.sub(r"#.*", "", cmake.read_text())
        for call in re.findall(r"ptop_room\(([^)]*)\)", text):
            words = call.split()
            listed, key = [], None
            for word in words[1:]:
                if word in ("SOURCES", "USES", "LIBRARIES"):
                    key = word
                elif key == "USES":
                    listed.append(word)
            uses[words[0]] = set(listed)
    assert len(uses) >= 7, f"only these rooms found: {sorted(uses)}"
    return uses


def sources(directory):
    for path in sorted((root / directory).rglob("*")):
        if path.suffix in (".cpp", ".hpp", ".h", ".c"):
            yield path, INCLUDE.findall(path.read_text(errors="replace"))


def main():
    uses = room_graph()
    wrong, seen = [], 0
    for room in uses:
        for directory in (f"src/{room}", f"include/ptop/{room}"):
            for path, includes in sources(directory):
                seen += 1
                for include in includes:
                    match = re.match(r"ptop/([^/]+)/", include)
                    if match and match[1] != room and match[1] not in uses[room]:
                        wrong.append(f"{path.relative_to(root)}: {room} may not use {match[1]} ({include})")
    for path, includes in [*sources("src"), *sources("include"), *sources("tools")]:
        name = str(path.relative_to(root))
        for include in includes:
            if CURSES.match(include) and name not in CURSES_HOME:
                wrong.append(f"{name}: only {', '.join(CURSES_HOME)} may include {include}")
            if include.startswith("CLI/") and not CLI11_HOME.match(name):
                wrong.append(f"{name}: CLI11 belongs to the two options.cpp and src/cli")
    assert seen > 30, f"only {seen} files looked at"
    print("\n".join(wrong) if wrong else f"{seen} files of {len(uses)} rooms: every include follows an arrow")
    return 1 if wrong else 0


sys.exit(main())
