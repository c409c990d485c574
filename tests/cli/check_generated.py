"""The committed completions and man pages equal what gen-cli writes now. With PTOP_UPDATE_GOLDEN=1 they are written."""
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

generator, source = sys.argv[1], pathlib.Path(sys.argv[2])
with tempfile.TemporaryDirectory() as out:
    subprocess.run([generator, str(source), out], check=True)
    fresh = [path for path in sorted(pathlib.Path(out).rglob("*")) if path.is_file()]
    assert len(fresh) == 8, fresh
    failed = False
    for path in fresh:
        name = path.relative_to(out)
        text, committed = path.read_text(), source / name
        if os.environ.get("PTOP_UPDATE_GOLDEN") == "1":
            committed.parent.mkdir(parents=True, exist_ok=True)
            committed.write_text(text)
            continue
        before = committed.read_text() if committed.exists() else ""
        if before != text:
            failed = True
            sys.stdout.writelines(
                difflib.unified_diff(before.splitlines(True), text.splitlines(True), str(name), "generated now"))
if failed:
    print("\nout of date; renew with tools/update-golden")
sys.exit(1 if failed else 0)
