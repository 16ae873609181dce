"""What a folder lies on, told from mountinfo."""

import os
from pathlib import Path

import pytest

from phototagd.adapters.mounts import MountTable

MOUNTINFO = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:50 / /srv rw - nfs4 nas:/srv rw
31 30 8:1 / /srv/photos rw master:1 propagate_from:2 - xfs /dev/sda1 rw
32 27 0:51 / /mnt/with\040space rw - cifs //nas/share rw
33 27 0:52 / /mnt/usb rw - fuseblk /dev/sdb1 rw
34 27 0:53 / /mnt/layers rw - overlay overlay rw
35 27 0:54 / /mnt/twice rw - ext4 /dev/sdc rw
36 35 0:55 / /mnt/twice rw - fuse.sshfs host: rw
nonsense
"""


@pytest.mark.parametrize(
    ("folder", "point", "filesystem", "is_remote"),
    [
        (b"/home/me", b"/", "ext4", False),
        (b"/srv", b"/srv", "nfs4", True),
        (b"/srvs", b"/", "ext4", False),
        (b"/srv/photos/2026", b"/srv/photos", "xfs", False),
        (b"/srv/photos2", b"/srv", "nfs4", True),
        (b"/mnt/with space/a", b"/mnt/with space", "cifs", True),
        (b"/mnt/usb/DCIM", b"/mnt/usb", "fuseblk", True),
        (b"/mnt/layers", b"/mnt/layers", "overlay", False),
        (b"/mnt/twice/x", b"/mnt/twice", "fuse.sshfs", True),
    ],
)
def test_the_longest_mount_point_wins(
    folder: bytes,
    point: bytes,
    filesystem: str,
    is_remote: bool,  # noqa: FBT001
) -> None:
    mount = MountTable(read=lambda: MOUNTINFO).mount_of(folder)

    assert (mount.point, mount.filesystem, mount.is_remote) == (point, filesystem, is_remote)


def test_without_mountinfo_every_disk_is_local(tmp_path: Path) -> None:
    mount = MountTable(read=lambda: b"").mount_of(os.fsencode(tmp_path))

    assert (mount.filesystem, mount.is_remote) == ("", False)
    assert mount.device == tmp_path.stat().st_dev


def test_a_root_is_identified_by_device_inode_and_file_system(tmp_path: Path) -> None:
    link = tmp_path / "link"
    root = tmp_path / "root"
    root.mkdir()
    link.symlink_to(root)

    identity = MountTable(read=lambda: MOUNTINFO).identify(os.fsencode(link))

    assert identity is not None
    assert (identity.device, identity.inode) == (root.stat().st_dev, root.stat().st_ino)
    assert identity.filesystem == "ext4"


def test_what_is_gone_or_no_folder_has_no_identity(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert MountTable().identify(os.fsencode(tmp_path / "gone")) is None
    assert MountTable().identify(os.fsencode(tmp_path / "file")) is None


def test_emptiness(tmp_path: Path) -> None:
    table = MountTable()

    assert table.is_empty(os.fsencode(tmp_path))
    assert table.is_empty(os.fsencode(tmp_path / "gone"))
    (tmp_path / "file").touch()
    assert not table.is_empty(os.fsencode(tmp_path))


def test_the_mounts_of_this_machine_can_be_read(tmp_path: Path) -> None:
    mount = MountTable().mount_of(os.fsencode(tmp_path))

    assert os.fsencode(tmp_path).startswith(mount.point)
