#!/usr/bin/env python3
"""lint.py BUILD [PATTERN]: lints every source of ours whose path PATTERN finds; 1 where it complains.

Most of the time goes into headers, so sources are read in the batches in which BUILD compiles them.
The analyzer passes over what is included: a batch is one text here, and what is said of its lines
is told of the lines of its sources.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINTED = re.compile(re.escape(str(ROOT)) + r"/(models|sim|tools)/.*\.cpp$")


def sources_of(file):
    text = pathlib.Path(file).read_text() if "/Unity/" in file else ""
    return re.findall(r'^#include "(.*\.(?:cpp|cc))"', text, re.MULTILINE) or [file]


def batches(build, pattern):
    """Pairs of the text file of a batch, which is written, and of (first line, source) in it."""
    lint = build / "lint"
    shutil.rmtree(lint, ignore_errors=True)
    lint.mkdir()
    commands, found = [], []
    for batch in json.loads((build / "compile_commands.json").read_text()):
        sources = [s for s in sources_of(batch["file"]) if LINTED.match(s) and pattern.search(s)]
        if not sources:
            continue
        text, starts = "", []
        for source in sources:
            starts.append((text.count("\n"), source))
            text += pathlib.Path(source).read_text()
        file = lint / f"batch_{len(found)}.cpp"
        file.write_text(text)
        commands.append({
            "directory": batch["directory"],
            "command": batch["command"].replace(batch["file"], str(file)),
            "file": str(file),
        })
        found.append((file, starts))
    if not found:
        sys.exit(f"lint.py: no source of {ROOT} in {build}")
    (lint / "compile_commands.json").write_text(json.dumps(commands, indent=1))
    return sorted(found, key=lambda batch: -batch[0].stat().st_size)  # The longest first.


def complaints(batch):
    file, starts = batch
    command = ["clang-tidy", "-quiet", f"--config-file={ROOT / '.clang-tidy'}"]
    said = subprocess.run(command + ["-p", str(file.parent), str(file)], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True)

    def at_home(match):
        line = int(match[1])
        start, source = [s for s in starts if s[0] < line][-1]
        return f"{source}:{line - start}:"

    text = re.sub(re.escape(str(file)) + r":(\d+):", at_home, said.stdout)
    if said.returncode != 0 and not text:
        text = f"clang-tidy failed on {', '.join(source for _, source in starts)}\n"
    return text


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    pattern = re.compile(sys.argv[2] if len(sys.argv) > 2 else "")
    is_clean = True
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for text in workers.map(complaints, batches(build, pattern)):
            is_clean = is_clean and not text
            print(text, end="", flush=True)
    return 0 if is_clean else 1


sys.exit(main())
