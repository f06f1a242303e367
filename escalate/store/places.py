"""Where a database may lie: in a folder only its owner can open, on a disk of this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from escalate.errors import LedgerRefused

_NETWORK = frozenset(("afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs"))
_NETWORK |= frozenset(("nfs", "nfs4", "smb2", "smb3", "smbfs", "webdav"))
_NETWORK_FUSE = (
    "ceph",
    "davfs",
    "gcsfuse",
    "glusterfs",
    "google",
    "gvfsd",
    "onedrive",
    "rclone",
    "s3fs",
    "smb",
    "sshfs",
)
_DRIVE_REMOTE = 4


def make_owner_only(path: Path) -> None:
    """Make the empty file `path` and its folder, for their owner's eyes only where the system knows modes.

    SQLite gives its journal the mode of the file it belongs to. A file that exists is left as it is.

    Raises:
        LedgerRefused: the folder or the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise LedgerRefused(f"{path}: not a file", remedy="name a file: set ESCALATE_HOME to a folder") from None
    except OSError as error:
        raise LedgerRefused(
            f"{path}: cannot be made: {error.strerror}",
            remedy="set ESCALATE_HOME to a folder of your own",
            recorded="",
        ) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` outlast a power cut, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def network_share(path: Path, mounts: str | None = None) -> str:
    """Return what kind of network share `path` lies on, or "" for a disk of this computer or where nobody can tell.

    Args:
        path: the file, or where it would be made.
        mounts: what the kernel lists as mounted, one a line; read from it where None.
    """
    where = path.absolute().resolve()
    if sys.platform == "win32":
        return _windows_share(str(where))
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    return _mounted_share(where, mounts)


def _mounted_share(where: Path, mounts: str) -> str:
    best, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        # Of two mounts on one point the later one is on top.
        if where.is_relative_to(point) and point.is_relative_to(best):
            best, kind = point, fields[2]
    is_network = kind in _NETWORK or (kind.startswith("fuse.") and kind[5:].startswith(_NETWORK_FUSE))
    return kind if is_network else ""


def _windows_share(where: str) -> str:
    if where.startswith("\\\\?\\UNC\\") or (where.startswith("\\\\") and not where.startswith(("\\\\?\\", "\\\\.\\"))):
        return "network folder"
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(where[:3]) == _DRIVE_REMOTE:
            return "network drive"
    return ""


def refuse_network_share(path: Path, mounts: str | None = None) -> None:
    """Refuse a database on a network share: file locks there are not to be trusted, and two writers would damage it.

    Raises:
        LedgerRefused: `path` lies on one.
    """
    kind = network_share(path, mounts)
    if kind:
        raise LedgerRefused(
            f"{path}: lies on a network share ({kind}), where two people writing at once can damage the record",
            remedy="set ESCALATE_HOME to a folder on this computer's own disk",
            recorded="",
        )
