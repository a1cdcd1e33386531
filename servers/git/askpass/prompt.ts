/** What git or ssh wants to know. */
export interface Prompt {
  readonly kind: 'host-key' | 'user-name' | 'password' | 'passphrase' | 'unknown';
  /** As it was asked. */
  readonly text: string;
}

/**
 * Only whether a host is trusted can be put to a person: MCP forbids forms for passwords, and a user name alone is
 * of no use, because git asks no helper again once it has one.
 */
export const isAnswerable = ({ kind }: Prompt): boolean => kind === 'host-key';

export function readPrompt(asked: string): Prompt {
  const text = asked.trim();
  if (/\(yes\/no|type 'yes'/.test(text)) return { kind: 'host-key', text };
  if (/^Username for /.test(text)) return { kind: 'user-name', text };
  if (/passphrase/i.test(text)) return { kind: 'passphrase', text };
  if (/password/i.test(text)) return { kind: 'password', text };
  return { kind: 'unknown', text };
}

/** What to do so that git does not have to ask. */
export function wayOut(prompts: readonly Prompt[]): string {
  const kinds = new Set(prompts.map(({ kind }) => kind));
  const ways = [];
  if (kinds.has('user-name') || kinds.has('password'))
    ways.push(
      'Let git know them through a credential helper: choose one with "git config --global credential.helper …" ' +
        '(store, cache, libsecret, osxkeychain, manager) and put them in with "git credential approve"',
    );
  if (kinds.has('passphrase') || (kinds.has('password') && !kinds.has('user-name')))
    ways.push('for ssh, give the key to ssh-agent with "ssh-add"');
  if (kinds.has('host-key'))
    ways.push('put the key of the host into ~/.ssh/known_hosts, or answer the question');
  if (ways.length === 0) ways.push('Do once what asks for it in a terminal');
  return `Secrets are not asked for through MCP. ${ways.join('; ')}.`;
}
