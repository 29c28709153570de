#!/usr/bin/env python3
"""Writes BUILD/lint/compile_commands.json: how each source would be compiled by itself.

Sources are compiled in batches, files that include them; the linter's analyzer passes over what is
included, so it reads them one by one, with the options of their batch.
"""
import json
import pathlib
import re
import sys

build = pathlib.Path(sys.argv[1])
commands = []
for batch in json.loads((build / "compile_commands.json").read_text()):
    text = pathlib.Path(batch["file"]).read_text() if "/Unity/" in batch["file"] else ""
    sources = re.findall(r'^#include "(.*\.(?:cpp|cc))"', text, re.MULTILINE) or [batch["file"]]
    for source in sources:
        commands.append({
            "directory": batch["directory"],
            "command": batch["command"].replace(batch["file"], source),
            "file": source,
        })
(build / "lint").mkdir(exist_ok=True)
(build / "lint" / "compile_commands.json").write_text(json.dumps(commands, indent=1))
