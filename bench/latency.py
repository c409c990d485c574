"""From a key to the screen: how long a press of Down or Up takes to bring the cursor's row in its new place."""
import os
import select
import subprocess
import time

import screens

SELECTION = b"48;5;110"  # the cursor's row with 256 colours; nothing else is painted so while nobody types elsewhere
PRESSES, PATIENCE = 300, 5.0
DOWN, UP = b"\x1bOB", b"\x1bOA"
MENU_OF_FOLLOWING, CHOICE = b"\x1b[24~", DOWN + DOWN + b"\r"  # F12; the process itself, its system calls too


def press(terminal, key):
    """Seconds until the answer; None: there was none."""
    while select.select([terminal], [], [], 0)[0]:
        os.read(terminal, 65536)
    began, seen = time.monotonic(), b""
    os.write(terminal, key)
    while (left := began + PATIENCE - time.monotonic()) > 0:
        if not select.select([terminal], [], [], left)[0]:
            break
        seen += os.read(terminal, 65536)
        if SELECTION in seen:
            return time.monotonic() - began
    return None


def times(terminal):
    """Spread over many refreshes: a key must not meet them at the same point each time."""
    found = []
    for i in range(PRESSES):
        screens.read_for(terminal, 0.02 + i % 7 * 0.005)
        found.append(press(terminal, UP if i % 20 >= 10 else DOWN))
    if None in found:
        raise SystemExit(f"bench: {found.count(None)} of {PRESSES} keys were not answered")
    return sorted(found)


def measure(ptop, follow):
    """(median, 99th percentile, longest) in seconds. `follow`: beside a process that makes system calls as fast as it
    can, which is followed with all of them."""
    busy = subprocess.Popen(["dd", "if=/dev/zero", "of=/dev/null", "bs=1"], stderr=subprocess.DEVNULL) if follow else None
    try:
        with screens.on_a_terminal([ptop, "--delay", "1"], {}) as (_, terminal):
            screens.read_for(terminal, screens.SETTLING_SECONDS)
            if busy:
                for key in (str(busy.pid).encode(), MENU_OF_FOLLOWING, CHOICE):
                    os.write(terminal, key)
                    screens.read_for(terminal, 1)
            found = times(terminal)
        return found[len(found) // 2], found[len(found) * 99 // 100], found[-1]
    finally:
        if busy:
            busy.kill()
            busy.wait()
