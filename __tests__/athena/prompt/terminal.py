"""Runs a command on a terminal of its own and types what each line of stdin says, once what it waits for is shown.

Each line is JSON: {"expect": text, "type": text}. What the terminal showed is printed in the end, and the exit code.
"""

import json
import os
import pty
import select
import sys
import time

PATIENCE = 20

steps = [json.loads(line) for line in sys.stdin]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

shown = b""


def read(seconds):
    global shown
    if not select.select([terminal], [], [], seconds)[0]:
        return True
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    shown += data
    return data != b""


for step in steps:
    begin = len(shown)
    until = time.monotonic() + PATIENCE
    while step["expect"].encode() not in shown[begin:]:
        if time.monotonic() > until or not read(0.1):
            break
    os.write(terminal, step["type"].encode())

while read(PATIENCE):
    pass
_, status = os.waitpid(pid, 0)
sys.stdout.write(json.dumps({"shown": shown.decode("utf-8", "replace"), "code": os.waitstatus_to_exitcode(status)}))
