import type { Message, MessagePart, Session } from '../../store/records.ts';

/** A chat as Markdown, to be read and kept. What was said anew is left out; the JSON has it. */
export function sessionMarkdown(session: Session, messages: readonly Message[]): string {
  const shown = messages.filter(({ supersededBy }) => supersededBy === undefined);
  const blocks = shown.flatMap((message) => {
    const parts = message.parts.map(partMarkdown).filter((text) => text !== '');
    return parts.length === 0
      ? []
      : [`**${WHO[message.role]}**, ${message.createdAt}\n\n${parts.join('\n\n')}`];
  });
  return `# ${session.title.replace(/\s+/g, ' ')}\n\n${blocks.join('\n\n---\n\n')}\n`;
}

const WHO = { user: 'You', assistant: 'Assistant', system: 'Meanwhile' };

function partMarkdown(part: MessagePart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'reasoning':
      return `<details><summary>Reasoning</summary>\n\n${part.text}\n\n</details>`;
    case 'call':
      return `\`${part.server}.${part.tool}\`: ${part.state}\n\n${fenced(JSON.stringify(part.arguments, null, 2), 'json')}${part.preview ? `\n\n${fenced(part.preview)}` : ''}${part.failure ? `\n\n${part.failure.message}` : ''}`;
    case 'use':
      // Its call stands as a message of its own; those of Meanwhile itself have none.
      return part.messageId === undefined
        ? `\`${part.server}.${part.tool}\`${part.told ? `\n\n${fenced(part.told.text)}` : ''}`
        : '';
    case 'approval':
      return `\`${part.server}.${part.tool}\` ${part.state === 'open' ? 'waits for consent' : `was ${part.state}`}.`;
    case 'task':
      return `Task “${part.task.title}”: ${part.task.status}${part.task.result ? `\n\n${fenced(part.task.result.preview)}` : ''}${part.task.failure ? `\n\n${part.task.failure.message}` : ''}`;
    case 'draft':
      return `Assignment “${part.preview.title}”, ${part.preview.words}: ${part.state}`;
    case 'notice':
      return part.text;
  }
}

/** Longer than any fence within. */
function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
