"""Installs to an empty prefix and builds a stranger's program against it: by find_package and by pkg-config."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

cmake, build, consumer, compiler, libdir = sys.argv[1:6]


def run(*command, **options):
    result = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        print(" ".join(map(str, command)), result.stdout, sep="\n")
        sys.exit(1)
    return result.stdout


with tempfile.TemporaryDirectory() as temporary:
    prefix, work = pathlib.Path(temporary, "prefix"), pathlib.Path(temporary, "work")
    run(cmake, "--install", build, "--prefix", prefix)
    for name in ("bin/ptop", "bin/ptrace-fork", "include/ptop/base/ids.hpp", f"{libdir}/libptop.a",
                 "share/man/man1/ptop.1", "share/man/man1/ptrace-fork.1",
                 "share/bash-completion/completions/ptop", "share/bash-completion/completions/ptrace-fork",
                 "share/zsh/site-functions/_ptop", "share/zsh/site-functions/_ptrace-fork",
                 "share/fish/vendor_completions.d/ptop.fish", "share/fish/vendor_completions.d/ptrace-fork.fish"):
        assert (prefix / name).is_file(), f"{name} was not installed"
    for schema in pathlib.Path(consumer).parents[2].glob("schemas/*.json"):
        assert (prefix / "share/ptop/schemas" / schema.name).is_file(), f"{schema.name} was not installed"

    run(cmake, "-G", "Ninja", "-S", consumer, "-B", work, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}")
    run(cmake, "--build", work)
    by_cmake = run(work / "consumer")

    if shutil.which("pkg-config"):
        pc = {"PKG_CONFIG_PATH": str(prefix / libdir / "pkgconfig"), "PATH": "/usr/bin:/bin"}
        flags = run("pkg-config", "--cflags", "--libs", "ptop", env=pc).split()
        run(compiler, "-std=c++20", pathlib.Path(consumer, "consumer.cpp"), "-o", work / "by_pkg_config", *flags)
        assert run(work / "by_pkg_config") == by_cmake
    assert by_cmake == "pid 1 state S\n", repr(by_cmake)
    print("installed and used: CMake package, pkg-config file")
