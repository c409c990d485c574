"""--help of every command equals tests/golden/help-*.txt. With PTOP_UPDATE_GOLDEN=1 the files are written instead."""
import difflib
import os
import pathlib
import subprocess
import sys

ptop, fork, golden = sys.argv[1:4]
CASES = {
    "help-ptop.txt": [ptop, "--help"],
    "help-ptop-ps.txt": [ptop, "ps", "--help"],
    "help-ptop-tree.txt": [ptop, "tree", "--help"],
    "help-ptop-show.txt": [ptop, "show", "--help"],
    "help-ptop-fds.txt": [ptop, "fds", "--help"],
    "help-ptop-dump.txt": [ptop, "dump", "--help"],
    "help-ptrace-fork.txt": [fork, "--help"],
}
failed = False
for name, command in CASES.items():
    text = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, text=True).stdout
    path = pathlib.Path(golden) / name
    too_wide = [line for line in text.splitlines() if len(line) > 79]
    if too_wide:
        print(f"{name}: wider than 79 columns: {too_wide}")
        failed = True
    if os.environ.get("PTOP_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        continue
    expected = path.read_text() if path.exists() else ""
    if text != expected:
        failed = True
        sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), text.splitlines(True), str(path), "now"))
if failed:
    print("\nif this is how it should be: tools/update-golden")
sys.exit(1 if failed else 0)
