/** A coding agent that is known by name. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /**
   * Command lines that drive it, the preferred first: that one is taken whose program (its first word) is in the PATH.
   * `acp:` speaks the Agent Client Protocol; the others are templates that run without anybody to ask.
   */
  readonly ways: readonly string[];
  /** How a person signs in. */
  readonly signIn: string;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'claude',
    title: 'Claude Code',
    ways: [
      'acp:claude-agent-acp',
      'acp:claude-code-acp',
      'claude -p --output-format stream-json --verbose --permission-mode acceptEdits -- PROMPT',
    ],
    signIn: 'start claude in a terminal and enter /login',
  },
  {
    name: 'codex',
    title: 'Codex',
    ways: ['acp:codex-acp', 'codex exec --sandbox workspace-write --skip-git-repo-check -- PROMPT'],
    signIn: 'codex login',
  },
  {
    name: 'copilot',
    title: 'GitHub Copilot CLI',
    ways: ['acp:copilot --acp', 'copilot --yolo --no-ask-user --prompt=PROMPT'],
    signIn: 'copilot login',
  },
  {
    name: 'opencode',
    title: 'OpenCode',
    ways: ['acp:opencode acp', 'opencode run --auto -- PROMPT'],
    signIn: 'opencode auth login',
  },
  {
    name: 'gemini',
    title: 'Gemini CLI',
    ways: ['acp:gemini --acp', 'gemini --yolo --prompt=PROMPT'],
    signIn: 'start gemini in a terminal and choose a way to sign in',
  },
  {
    name: 'qwen',
    title: 'Qwen Code',
    ways: ['acp:qwen --acp', 'qwen --yolo PROMPT'],
    signIn: 'start qwen in a terminal and choose a way to sign in',
  },
  {
    name: 'goose',
    title: 'goose',
    ways: ['acp:goose acp', 'goose run --no-session --text=PROMPT'],
    signIn: 'goose configure',
  },
  {
    name: 'cursor',
    title: 'Cursor CLI',
    ways: ['acp:cursor-agent acp', 'cursor-agent -p --force -- PROMPT'],
    signIn: 'cursor-agent login',
  },
  {
    name: 'aider',
    title: 'aider',
    ways: ['aider --yes-always --no-check-update --message=PROMPT'],
    signIn: 'set the API key of your model in the environment, such as ANTHROPIC_API_KEY',
  },
];
