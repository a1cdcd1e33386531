import type { ServerPage } from '../runtime/page/server-page.ts';

/** What the schemas cannot say, for the documentation. */
export const PAGE: ServerPage = {
  summary:
    'Shell commands and backups in chosen folders: with progress out of what they print, ended wholly, nothing left behind.',
  intro: `\`run\` gives a command line to \`/bin/sh -c\` in a process group of its own. The result is text (a plain summary such as
*Exit status 0 after 12.4 s*, an empty line, the output) and the same as data. stdout and stderr stand in the order in
which their lines arrive, without colours, and of a line that was drawn again and again (a progress bar) only the last
state. Of more than 64 KB the first and last 32 KB are kept, with a line between them that says how much was cut.
Everything but exit status 0 is an error. A signal is told apart from an exit status.

**A run is over when its shell is over.** Whatever it left in the background is ended then, and the result says how many
processes that were. A service that is to stay does not belong into a run.

\`--max-concurrent\` run at once. More wait in line, in the order in which they came, say so as progress, and can be
cancelled at once while they wait; beyond \`--max-waiting\` they are refused.

**Waiting for input.** Input is empty unless the call says otherwise, so a command that asks gets the end of file at
once. With \`"input": "ask"\` it is a pipe that stays open, with \`"terminal": true\` a pseudo-terminal. On Linux it is then
*seen* that a process of the command stands still in reading from it; elsewhere, and for programs that poll before they
read, a line that looks like a question (\`[y/N]\`, \`?\`, \`>>>\`, \`name:\`) must have stood for 1.5 s. The person is asked for
the line, through whatever the client has for questions, and the command goes on. When nobody can be asked, the question
is declined, or \`--input refuse\` is set, the command is ended and the result says at what it waited. So it is when it asks
for a password, a PIN or a passphrase, or has switched off the echo: MCP forbids forms for secrets. Give those by a key
file, an agent, or a variable of the server. On a terminal pagers are switched off (\`PAGER=cat\`).

**Use of the machine.** \`cpuSeconds\` and \`peakMb\` are the least that is certain, and Linux only. CPU time is exact for
all processes that were waited for, unless several runs end in the very same moment or a terminal is in use; then, as
memory always, it is sampled: after 25 ms, then ever more seldom, down to every 2 s. Of each process that was seen the
highest mark counts, so a peak between two looks is not missed, but a process that began and ended between them is.

\`backup\` counts first, then packs or copies, then **reads everything back from the disk** and compares name, size and
SHA-256 of each entry with what it read, and the archive's own hash with what it wrote. Only then the backup gets its
name; until then it is \`DESTINATION.partial\`. Beside it stands \`DESTINATION.sha256\`, for \`sha256sum -c\`. A file that is
written to while it is read is in the backup as long as it was when it was opened, and named; what vanished is named;
sockets, pipes and devices are left out and named. What may not be read makes the result an error, though what is there
is verified. Links are kept as links. Hard links become files of their own; owners are kept in archives, not in copies;
extended attributes are not kept. What was just written may be read back out of the system's memory.`,
  progress: `Numbers are read out of the output of some thirty programs, each with its unit: rsync, git, curl, wget, aria2c, yt-dlp, scp,
pip, pv, dd, zstd, xz, 7z, tar (checkpoints), restic, borg, apt, docker build, pytest, cmake, ninja, cargo, meson, ctest,
tqdm, parallel, ffmpeg; tested with what they really printed, on a terminal and without (docker and ctest: with what
their documentation says). Besides, any other single percentage and any other single \`n/m\` or \`n of m\`, believed when the
same phase was seen twice, growing. A stronger form replaces a weaker one, never the other way round. What names no total
(dd, tar, pv of a pipe, ffmpeg of a stream) tells how much so far. A percentage that says how small something became
(zip, zstd) is none. Many programs show progress only on a terminal: use \`"terminal": true\`.

At most ten messages a second; the last state always. A command that is over within a second and shows no share sends
none. Numbers on the wire always increase, as MCP wants it: in a second phase value and total are multiplied by the same
power of ten, so their quotient is always the share of the current phase. The figures as they are stand in
\`_meta["meanwhile/progress"]\`. Where nothing is known, elapsed seconds are told, without a total.

Output is told as log messages (\`info\`, logger \`output\`), at most every 100 ms and 16 KB; of more the middle is skipped and
the number of skipped lines said.

A backup tells what it counts, then bytes of the exact total with the file that it is at, for packing and for reading
back alike.`,
  cancel: `Ends the whole tree: SIGTERM to everything, after \`--grace-ms\` SIGKILL; the process group, all descendants, and what
has left both (\`setsid\`, a double fork, a terminal of its own), which is found by the variable \`COMMAND_RUN_ID\` in its
environment. The end of the server's stdin, SIGTERM, SIGINT, SIGHUP and the death of its parent do the same.

MCP sends no answer to a cancelled request. So that a client can know that the work has really stopped, one last message
follows when nothing is left: level \`notice\`, logger \`cancel\`, with \`stopped\`, \`left\` (what could not be ended), \`ended\`
and \`killed\`. The server announces this as the capability \`experimental.confirmedStop\`.

The unfinished backup of a cancelled call is removed, or, with \`"onCancel": "keep"\`, kept and named.`,
  security: `- The folders decide where a command *starts*. They are no sandbox: a command can read and write whatever the user of
  the server can. A backup reads and writes only within them, after symbolic links and \`..\` are followed.
- **\`--allow\`** lists the only programs that may be run, written as they are called (\`tar\` does not allow \`/bin/tar\`). A
  command line may then hold words, quotes around plain text, and \`|\`, \`&&\`, \`||\`, \`;\`. Refused are \`$\`, backticks,
  backslashes, redirections, \`&\`, parentheses, line breaks and variables before a command, because with any of them the
  shell could run something else. The list says what the *shell* starts, not what a listed program does: \`find -exec\`,
  \`tar --to-command\`, \`xargs\`, \`git\`, \`make\` and every interpreter start others. List only what you would let do that.
- **\`--deny\`** names programs that are never run, by no path; it is stronger than \`--allow\`. The same simple command lines are
  read, and what cannot be read is refused. A denied name is refused wherever it stands as a word, since \`env\`, \`xargs\` and
  \`find -exec\` would run it. **It keeps off mistakes and is no sandbox**: \`sh -c 'rm x'\`, a script, an interpreter or a link
  under another name get around it.
- **Variables.** Commands get all of the server's variables, or with \`--keep-env\` only the named ones and what every program
  needs (\`PATH\`, \`HOME\`, language, …). A call may set any variable, or with \`--allow-env\` only the named ones. While
  programs are listed it may set only language, time zone and width unless you name more: \`PATH\` and \`LD_PRELOAD\`, but
  \`TAR_OPTIONS\` and \`GIT_SSH_COMMAND\` too, make a listed program run another.
- **Secrets** are replaced by \`***\` in output, progress, log and result: values of 8 characters and more that the call sets in
  \`env\`, those of the server's variables whose names say KEY, TOKEN, SECRET, PASSWORD, PASSWD, PASSPHRASE or CREDENTIAL, and
  passwords within addresses. A secret in another form (base64, split over lines by the program) is not recognised, nor
  is one in the command line itself.`,
};
