#!/usr/bin/env python3
"""What failed in the log of a step, and what it said: printed at the end, where whoever reads only the end finds it.
Knows ctest's log; of anything else the last lines."""
import re
import sys

MOST_LINES = 80  # of each test

RESULT = re.compile(r"^ *\d+/\d+ Test +#\d+: (?P<name>.*?) ?\.{2,}(?P<outcome>.*?) +[\d.]+ sec")
NEXT = re.compile(r"^ *(Start +\d+:|\d+/\d+ Test +#)|^\d+% tests passed")


def failures(lines):
    """(name, outcome, output) of each test that did not pass, in the log's order."""
    found, output = [], None
    for line in lines:
        if NEXT.match(line):
            output = None
        result = RESULT.match(line)
        if result and "Passed" not in result["outcome"] and "Skipped" not in result["outcome"]:
            output = []
            found.append((result["name"], result["outcome"].strip("* "), output))
        elif output is not None:
            output.append(line)
    return found


def shorten(lines):
    if len(lines) <= MOST_LINES:
        return lines
    half = MOST_LINES // 2
    return lines[:half] + [f"[{len(lines) - MOST_LINES} lines]"] + lines[-half:]


def main():
    with open(sys.argv[1], errors="replace") as log:
        lines = log.read().splitlines()
    failed = failures(lines)
    for name, outcome, output in failed:
        print(f"--- {name}: {outcome}", *shorten(output), sep="\n")
    if not failed:
        print(*lines[-MOST_LINES:], sep="\n")


main()
