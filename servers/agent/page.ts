import type { ServerPage } from '../runtime/page/server-page.ts';

/** What the schemas cannot say, for the documentation. */
export const PAGE: ServerPage = {
  summary: 'Coding agents set to work in chosen folders, with what they changed seen by the server itself.',
  intro: `\`run_agent\` gives one task to one agent and answers when it is done. Known are Claude Code, Codex, GitHub Copilot
CLI, OpenCode, Gemini CLI, Qwen Code, goose, Cursor CLI and aider; \`list_agents\` tells which of them are installed, how
each is driven, and what runs. An agent is driven in one of two ways:

- **ACP**, the Agent Client Protocol over the agent's stdio: a plan becomes steps, tool calls are told, permissions are
  asked for, and a stop is confirmed. Taken where an installed agent speaks it.
- **A command template** such as \`my-agent --quiet -p PROMPT\`. It is split into words once, as a shell would, and
  nothing is expanded. PROMPT is replaced by the task, as one argument, without a shell; it may be within a word
  (\`--message=PROMPT\`). A task that begins with \`-\` gets a blank before it where it could be read as an option. Nothing
  is on stdin and there is no terminal. The events of \`--output-format stream-json\` become readable lines.

\`--agent\` takes the name of a known agent (\`claude\`; \`opencode:template\` or \`opencode:acp\` chooses the way),
\`NAME=COMMAND\` for a template, or \`NAME=acp:COMMAND\`. The first is the default.

**The result is what was seen, not what was said.** Before and after a run the whole repository is looked at: new commits
on any branch, branches and tags that moved, files with added and removed lines, committed or not. Work that was not
committed before is told from what is new (\`modifiedBefore\`). Nothing is written into the repository for that; what git
ignores is not looked at, and of a repository within the repository only its commit. Without git, sizes and times of the
files are compared, at most 20,000, without \`node_modules\`. A run that changed nothing says *ended without any change*,
and where not everything could be seen, \`changed\` is \`null\` and a note says why. The last words of the agent are quoted
beside it and not checked.

One agent at a time works in a workspace, above it and below it, also under several servers of the same person. A second
one is refused with the id, the agent, the time and the task of the run that is there.`,
  progress: `Over ACP the entries of the agent's plan are counted: value and total in *steps*, with the current entry as
message. Between them stand tool calls with kind and state, as in *Edit a.ts (edit, in progress)*, and the newest line of
what it says. A template has no numbers; its newest line is the message. The first message names the run.

A run is ended with an error when nothing has come from it for \`--idle-ms\`, and sooner when its output stands still at a
line that wants something typed, such as *Overwrite? [y/N]*; the error names the line. While a person is asked for a
permission no time is counted.

Told plainly are also: a program that ends in the middle, another version of the protocol, an agent that needs you to sign
in (with the ways it offers), a refusal, and a limit of tokens or requests.`,
  cancel: `By cancelling the call, or with \`cancel_task\`, which answers when the run has ended and says the same as its
result. Over ACP the agent is told first (\`session/cancel\`) and has \`--grace-ms\` to confirm; questions that stand open
are called off. Then, and for a template at once, all its processes are ended: SIGTERM, after \`--grace-ms\` SIGKILL. The
end says which of the two it was, and what the agent changed until then: it stays. Nothing is taken back, because it may
be half of what you want.

Cancelling a run again, or one that is over, does nothing and says how it ended.`,
  security: `- **An agent can do all that you can.** The workspaces decide where it starts and where runs are counted. They are no
  sandbox: it can read and write whatever your user can, and it uses the network. Use the agent's own sandbox, or a user
  or container of its own.
- Without \`--workspace\` everything is refused. A workspace is used after symbolic links and \`..\` are followed.
- With \`--permissions ask\` each request over ACP is put to the person, with the choices that the agent offers; where
  nobody can be asked it is rejected and the result says so. \`allow\` takes the mildest yes (once before always),
  \`reject\` the mildest no. Each is listed in the result.
- **Templates cannot ask**, so those of known agents let them work: Claude Code may edit files but not run what needs a
  permission, Codex is held in its own sandbox for the workspace, the others approve everything by themselves.
- A task can come from a model. Give the server only workspaces in which you would let it do what it likes.
- Agents get the environment of the server, because they need their keys. Values of variables with KEY, TOKEN, SECRET or
  PASSWORD in their names, from 8 characters on, are replaced by \`***\` in results, output, progress and questions. What
  an agent writes into files is not changed.
- What runs is noted under \`$XDG_STATE_HOME/meanwhile/agent-runs\` (\`~/.local/state\`), readable by you alone, with the
  first words of the task.`,
};
