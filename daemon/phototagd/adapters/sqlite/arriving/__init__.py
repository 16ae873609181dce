"""What lies on the disk: libraries, folders, paths, and what came or went."""
