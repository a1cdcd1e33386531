import type { ServerView, Welcome } from '../../data/types.ts';
import type { ExampleName } from './examples.ts';
import { emptyForm, type FormState } from './state/form-state.ts';
import { formOf } from './state/from-draft.ts';
import { ownZone } from './when/zones.ts';

/** The form of an example, made of what is there on this machine. */
export function exampleForm(name: ExampleName, servers: readonly ServerView[], welcome: Welcome): FormState {
  const zone = ownZone();
  const empty = emptyForm(zone);
  switch (name) {
    case 'reminder':
      return {
        ...empty,
        timerText: 'in 20 minutes',
        what: 'text',
        text: 'Look whether the tea is ready',
      };
    case 'file':
      return {
        ...empty,
        when: 'event',
        event: {
          ...empty.event,
          kind: 'resource',
          server: 'files', // its URI is there once the folder is watched
          filters: [{ key: 0, path: 'type', op: 'equals', value: 'file.created' }],
          debounce: { amount: '2', unit: 'seconds' },
        },
        what: 'text',
        text: 'New in the workspace: {{events.*.path}}',
        title: 'New files in the workspace',
      };
    case 'backup': {
      const command = backupCommand(welcome);
      const call = { server: welcome.server, tool: 'run', arguments: { command } };
      return formOf(
        {
          title: 'Back up Documents',
          trigger: { type: 'timer', text: 'every weekday at 9:00' },
          work: { type: 'calls', calls: [call] },
        },
        servers,
        zone,
      );
    }
  }
}

/** The command of the first backup, with an archive of its own for each run. */
function backupCommand({ messages }: Welcome): string {
  const documents = messages.find(({ path }) => path.endsWith('/Documents')) ?? messages[0];
  const quoted = /command=("(?:[^"\\]|\\.)*")/.exec(documents?.text ?? '')?.[1];
  if (quoted === undefined) return '';
  const command = quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return command.replace(/-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d(?=\.tar\.gz)/, '-{{run.id}}');
}
