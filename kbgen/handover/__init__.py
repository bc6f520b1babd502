"""Puts a finished site in the place of the one before, whole or not at all.

Each site has two folders on one file system, and a manifest for each of them::

    site/public/                        live: what servers and readers see; a real folder, can be copied anywhere
    .kbgen/idle/public/                 its idle twin: the site before, and the workshop of the next
    .kbgen/manifests/public-<device>-<inode>.json

:func:`hand_over` brings the idle twin up to date (only what differs is written), writes the twin's manifest, and exchanges the two folders
in one step. Nothing is written after the exchange: a manifest is named by the folder it describes, and a folder keeps its inode when
it is renamed, so a kill at any moment leaves a live site together with its own manifest. A folder without a manifest that fits is
simply made anew.

A build goes: :func:`lock` (around all of it) → :func:`recover` for every site → :func:`read_manifest`, :func:`current` (what need not be
rendered) → … → :func:`preview`, :func:`hand_over`.

Two surprises for those who serve a site. The folder ``site/public`` is another folder after every build: who mounts it into a container
mounts ``site`` instead. And what somebody else puts into it is gone after the next build.
"""

from __future__ import annotations

from kbgen.handover.exchange import recover
from kbgen.handover.locking import lock
from kbgen.handover.manifests import known_addresses, read_manifest
from kbgen.handover.transfer import Preview, hand_over, preview
from kbgen.handover.trees import current

__all__ = ["Preview", "current", "hand_over", "known_addresses", "lock", "preview", "read_manifest", "recover"]
