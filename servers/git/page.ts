import type { ServerPage } from '../runtime/page/server-page.ts';

/** What the schemas cannot say, for the documentation. */
export const PAGE: ServerPage = {
  summary:
    'Git on repositories in chosen folders: every change tells its phases with counts and is checked afterwards.',
  intro: `It runs the \`git\` of this machine (2.31 or newer), with the user's own settings, so what works in a terminal
without a question works here. Every tool that changes something looks afterwards whether it is so, and its result
says \`verified\` or names what differs, with what was expected and what was found:

- \`clone\`: HEAD resolves and is where the remote is, the working tree is clean, submodules are at their commits.
- \`fetch\`: the remote-tracking branches equal those that the remote names when it is asked again.
- \`pull\`: HEAD holds the commit that the remote names. \`push\`: each ref there is the object that it is here.
- \`commit\`: the parent is the commit that was seen before, the tree is that of the index.
- \`checkout\`, \`branch\`: HEAD and branches are where they were asked to be.

A result that is not verified is an error, also when git itself was content. One change at a time is made to a
repository; a second is refused and told what runs and since when. Looking goes on meanwhile. Maintenance
(\`gc --auto\`) is not started, because it would go on in the background; run \`git maintenance\` yourself.`,
  progress: `The phases are git's own: *Receiving objects 612/1,000, 4.2 MiB/s*, with value, total and unit (objects,
deltas, files, commits); what the other side counts begins with *Remote:*. Everything else that git and hooks say is
output. Of a plain path on this machine git copies files and tells no phases; a \`file://\` URL does.

While a remote is silent, *no data for 12 s* is told. Silence is no output and, on Linux, no byte read or written by any
process of the transfer, so a remote that still computes is not silent. After \`--stall-ms\` the transfer is ended and
the result says so. While a person is asked, no time is counted.`,
  cancel: `All processes of git are ended: SIGTERM, after \`--grace-ms\` SIGKILL. Then what git could not take back itself
is taken back, and the end says what remains:

- \`clone\`: the new folder, and parents that were made for it, are removed; a folder that was there is emptied.
- \`fetch\`, \`pull\`: refs that were updated stay, they are whole; a merge or rebase under way is named, with how to go on.
- \`push\`: the remote is asked which refs it has taken.
- Everywhere: locks and partial objects that appeared since the beginning are removed, unless another git works in
  this repository; then they are named and stay.

A lock that was there before is waited for up to a second, then named with its age and who may hold it; nothing is
changed and it is not removed. After a stall or an error of git the same is done. Only what git itself keeps is kept: a
whole clone of which the checkout or a submodule failed.`,
  security: `- Repositories, their git directories and clones must lie in the folders of \`--folder\`, after symbolic links and
  \`..\` are followed. A remote on this machine must too, or be listed by \`--remote\`.
- With \`--remote\` only URLs are reached that begin with a listed one, at a whole part of the path. It is matched against
  the URL with \`insteadOf\` already applied for remotes of a repository, and as it is given for a clone. Submodules are
  left alone then.
- Transports are file, git, http, https and ssh. \`ext::\` and other helpers are refused, also in a repository's settings.
- Arguments that git could take for options are refused. There is no \`--force\`: overwriting at a remote is
  \`with-lease\` only. Local changes are never overwritten.
- **A repository can run programs**: hooks, filters, merge drivers, credential helpers, \`core.sshCommand\`,
  \`remote.*.uploadpack\` and the like in its settings run as in a terminal. Looking runs fewer: \`core.fsmonitor\`, diff and textconv programs are off; filters are
  not. List only folders with repositories that you would use in a terminal.
- **Passwords are never asked for**: MCP forbids forms for them. git uses your credential helper and ssh-agent. When
  that is not enough it fails at once, naming what it asked for, as in *git asked for: Password for 'https://…'*; it
  never waits. Put them in with \`git credential approve\` or \`ssh-add\`. Only whether to trust the key of an ssh host is
  put to a person. A \`GIT_ASKPASS\` or \`SSH_ASKPASS\` of your own is used in place of this.
- Passwords and tokens in URLs are hidden in results, errors, progress and output. What files and commit messages hold
  is shown as it is.`,
};
