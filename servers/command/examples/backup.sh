#!/bin/sh
# Packs a folder into one compressed archive, tells how far it is, and reads the archive back at the end.
#   backup.sh SOURCE DESTINATION.tar.gz
# Written under a temporary name and renamed when it is whole, so that what stands there is never half a backup.
set -eu
source=$1
destination=$2
[ -d "$source" ] || { echo "There is no folder $source" >&2; exit 2; }
mkdir -p "$(dirname "$destination")"
partial=$destination.partial
trap 'rm -f "$partial" "$partial.count"' EXIT
trap 'exit 143' TERM INT HUP

echo "Counting"
total=$(find "$source" | wc -l | tr -d ' ')
echo "Packing $total entries of $source"

# tar names each entry as it is packed; awk turns that into n/total, on one line that is written over, and hands on
# tar's own exit status. GNU tar's status 1 says that files changed while they were read, as they do in a folder that is in use.
{
  if tar -czvf "$partial" -C "$(dirname "$source")" "$(basename "$source")" 2>&1; then echo "tar-status 0"; else echo "tar-status $?"; fi
} | awk -v total="$total" '
  BEGIN { step = int(total / 100) + 1 }
  /^tar-status / { status = $2; next }
  /^tar: / { print; fflush(); next }
  { packed++; if (packed % step == 0 || packed == total) { printf "%d/%d %s\033[K\r", packed, total, $0; fflush() } }
  END { print ""; print packed > "/dev/fd/3"; exit status }
' 3>"$partial.count" || [ $? -eq 1 ]

echo "Reading the archive back"
packed=$(cat "$partial.count")
found=$(tar -tzf "$partial" | wc -l | tr -d ' ')
[ "$found" -eq "$packed" ] || { echo "The archive holds $found entries, expected $packed" >&2; exit 1; }
mv "$partial" "$destination"
size=$(wc -c < "$destination" | tr -d ' ')
echo "Backup complete and verified: $found entries, $size bytes in $destination"
