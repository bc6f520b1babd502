"""Run as a program: stage the project in the folder named first with as many jobs as named second, and print a digest for every file."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from law_projects import gathered, staged


def digests(root: Path, jobs: int) -> dict[str, str]:
    sites = staged(gathered(root, jobs=jobs))
    return {f"{name}/{path}": hashlib.sha256(data).hexdigest() for name, files in sites.items() for path, data in files.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(digests(Path(sys.argv[1]), int(sys.argv[2])), sort_keys=True))
