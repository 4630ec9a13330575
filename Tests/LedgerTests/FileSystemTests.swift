import Testing

import SluiceLedger

@Suite("File systems")
struct FileSystemTests {
  static let mounts = #"""
    22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    30 22 0:40 / /srv rw - nfs4 host:/srv rw
    31 30 8:2 / /srv/local rw - xfs /dev/sdb rw
    32 22 0:41 / /mnt/two\040words rw - cifs //host/share rw
    33 22 0:42 / /mnt/mail rw master:3 - fuse.sshfs host:/mail rw
    34 22 0:43 / /over rw - nfs host:/over rw
    35 22 0:44 / /over rw - ext4 /dev/sdc rw
    garbage
    """#

  @Test(
    arguments: [
      ("/home/ana", "ext4"), ("/srv", "nfs4"), ("/srv/a/b", "nfs4"), ("/srvice", "ext4"),
      ("/srv/local/home", "xfs"), ("/mnt/two words/x", "cifs"), ("/mnt/mail", "fuse.sshfs"),
      ("/over/x", "ext4"), ("/", "ext4"),
    ]
  )
  func `are those of the longest mount point above a path`(path: String, type: String) {
    #expect(FileSystem.type(of: path, in: Self.mounts) == type)
  }

  @Test(
    arguments: [
      ("nfs", "NFS"), ("nfs4", "NFS"), ("cifs", "CIFS"), ("smb3", "CIFS"), ("fuse", "FUSE"),
      ("fuse.sshfs", "FUSE"), ("fuseblk", "FUSE"), ("ext4", nil), ("xfs", nil), ("btrfs", nil),
      ("tmpfs", nil), ("overlay", nil),
    ]
  )
  func `are refused where SQLite would lose data`(type: String, name: String?) {
    #expect(FileSystem.network(type) == name)
  }

  @Test func `are not refused where nothing is known`() {
    #expect(FileSystem.type(of: "/x", in: "") == nil)
  }
}
