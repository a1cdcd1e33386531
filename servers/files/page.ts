import type { ServerPage } from '../runtime/page/server-page.ts';

/** What the schemas cannot say, for the documentation. */
export const PAGE: ServerPage = {
  summary:
    'Files in chosen folders: list, read, write, search, move, remove, sync that is verified, and folders that are watched.',
  intro: `Paths are absolute, or relative to the first folder. What is written appears whole or not at all: beside its
place first, then renamed.

**Sync** looks at both sides, plans, copies, deletes (a mirror, only after every copy has succeeded), and looks again.

- Each file is copied to \`.NAME.meanwhile-part\` in the folder where it will be. Every chunk is read back from there
  right after it was written, and at the end the XXH64 of all that was read must be that of all that was read back; then
  the file takes its name. What is read back may come from the system's cache: it shows faults of programs, memory and
  the file system, not those of a disk that lies later on. XXH64 guards against faults, not against forgery.
- At the end every file is counted in the destination with its size. \`verified\` in the result says how many that were.
- What has the same size and time (to 1 ms) on both sides is not copied; \`checksum\` compares its content too.
- Permissions and times are kept, the owner only by root. Access lists and extended attributes are not copied, holes
  in files are filled, hard links become files of their own (the result says how many).
- Symbolic links are copied as links and never followed. Pipes, sockets and devices are left out and counted.
- **Conflicts** are reported and left: in an update what is newer in the destination, and a link against a file; in
  both modes a file against a folder; and a file that changed while it was read, twice.
- Nothing is forced to the disk unless \`durable\` is set, as with rsync and cp: after a power cut, files that were just
  copied may be empty. With \`durable\` each file is on the disk before it has its name.
- The same call again goes on: whole files are skipped, a partial copy of 1 MB or more is compared with the source and
  taken on as far as it is the same.

**Search** reads regular expressions with RE2: time in proportion to the text whatever the pattern, no references back,
no lookaround. Lines longer than 1 MB are cut into pieces.`,
  events: `A watched folder reports \`file.created\`, \`file.changed\` and \`file.removed\`. Each is a resource
\`files-changes:///absolute/path\` (names percent-encoded) that any client can subscribe to
(\`notifications/resources/updated\`, or \`subscriptions/listen\`). It holds the newest 100 events, and under \`older\`
the URI of a resource with those before, while there are any; the tool \`changes\` reads on after a seq.

\`\`\`json
{
  "folder": "/home/anna/inbox",
  "state": "watching",
  "firstSeq": 1,
  "lastSeq": 2,
  "events": [
    { "seq": 2, "id": "0b6f…-2", "type": "file.created", "path": "/home/anna/inbox/scan.pdf", "size": 48211,
      "mtime": "2026-11-02T09:14:03.120Z", "at": "2026-11-02T09:14:05.400Z" }
  ]
}
\`\`\`

- **Settled**: a file counts when size and time have not changed for \`--settle-ms\`. What comes and goes within that
  time is not told; a save by way of a temporary file is one \`file.changed\`.
- A **rename** is \`file.removed\` and \`file.created\`; the latter has \`renamedFrom\` when both were seen together.
- **Missed changes**: what a folder held is kept in \`--state\`. When it is watched again, the difference is reported, each
  event once, with the same \`seq\` and \`id\` for ever. The first time, what is there already is no event.
- Events are on the disk before they are told. The newest 2,000 to 4,000 are kept; \`missed\` says when older ones were
  asked for.
- When the folder itself is gone, \`state\` is \`folder.gone\`, and none of its files is reported as removed; when it is
  back, the difference is.
- Only files are told, not folders or links. Folders such as \`.git\` are left out unless \`hidden\` is asked for. A change
  that leaves size, time and file number as they were is not seen.
- Where the system allows no more watches, the folder is looked at every 30 s instead, and \`problem\` says so. On
  network file systems changes by other machines may be told late or only when the folder is watched again.
- \`watch\` lasts until \`unwatch\` or the end of the server; \`--watch\` is there from the start. One server at a time keeps
  the state of a folder.`,
  progress: `Sync counts bytes of what has to be copied: *612 of 1,000 files, 4.2 MB of 9.9 MB, report.pdf*. Only what was
written and read back counts; a partial copy that is taken on counts as it is compared; a file that has to be copied
anew is taken off again. Before, while it looks at both sides, entries are counted without a total, because it is not
known. When nothing but empty files is to be copied, files are counted. Remove counts entries, search counts files, a
move between file systems counts bytes.`,
  cancel: `Every tool stops and says what remains.

- \`sync\` stops between two chunks of 1 MB. Whole files stay, partial copies of 1 MB or more too, and are named. Nothing
  is deleted after a stop. The same call goes on from there, also after a crash of the server.
- \`move\` within a file system is done at once. Between file systems the source stays until all is copied and checked;
  what is copied so far is named, and the same call goes on.
- \`remove\` stops between two entries and says how many are still there. What is gone is gone.
- \`search\` and \`list\` give what they have found so far.`,
  security: `- Links and \`..\` are followed first; the result must lie in a folder of \`--folder\`. A link at the end is moved and
  removed itself, and refused where it leads nowhere.
- Between the look and the use nobody can slip a link in: each folder on the way is opened without following links, and
  its entries are reached through the open folder. That needs Linux; on macOS the real path is looked at again right
  before each use, which leaves a moment.
- Two names of one file (hard links) cannot be told apart: who may make them in a folder can let this server read and
  write what they name. New content takes the place of a name and does not change the other one.
- A configured folder itself is neither moved nor removed. Without \`--folder\` everything is refused.
- \`--read-only\` takes away \`write\`, \`move\`, \`remove\` and \`sync\`. The state of watched folders is still written.
- The state names the files of watched folders, not their content, and is readable by you alone. The content of files
  is shown as it is: give no folder with secrets to a client that shall not see them.`,
};
