/** One coding agent that may be set to work, and the command line that does it. */
export interface Agent {
  /** What `run_agent` takes as `agent`. */
  readonly name: string;
  /** `acp`: it speaks the Agent Client Protocol over its stdio. `template`: it takes the task as an argument. */
  readonly via: 'acp' | 'template';
  /** The program and its arguments. In a template exactly one argument holds the word `PROMPT`. */
  readonly words: readonly string[];
  /** How a person signs in, where it is known: `claude, then /login`. */
  readonly signIn?: string;
}
