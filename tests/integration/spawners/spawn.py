"""usage: spawn.py one | many N: programs started by subprocess, from several threads at once when many."""
import concurrent.futures
import subprocess
import sys


def one():
    """Everything a recipe can show: stdin and stdout are files, a directory, an environment, a session."""
    with open("in", "rb") as given, open("out", "wb") as taken:
        return subprocess.call(["/bin/cat"], stdin=given, stdout=taken, cwd="/", env={"A": "b"}, start_new_session=True)


def run(number):
    done = subprocess.run(["sh", "-c", f"cat; exit {number % 7}"], input=f"number {number}\n", text=True,
                          stdout=subprocess.PIPE, check=False)
    return f"{done.stdout}{done.returncode}"


def many(times):
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        print("\n".join(threads.map(run, range(times))))
    try:
        subprocess.call(["no such program"])
    except FileNotFoundError as missing:
        print(missing)
    return 0


sys.exit(one() if sys.argv[1] == "one" else many(int(sys.argv[2])))
