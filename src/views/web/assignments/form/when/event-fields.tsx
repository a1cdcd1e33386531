import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { CheckField, LengthField, SelectField, Wrong } from '../controls.tsx';
import { useForm } from '../form-context.ts';
import { type EventState, TASK_ENDS } from '../state/form-state.ts';
import { FilterRows } from './filter-rows.tsx';
import { WatchFolder } from './watch-folder.tsx';

const HINTS: Readonly<Record<EventState['kind'], string>> = {
  task: 'Fires when a task has ended so; also one that another assignment began.',
  resource: 'Fires when a server tells that one of its resources has changed.',
  list: 'Fires when a server has other tools, resources or prompts than before.',
  hook: 'Fires when something outside calls its address, which is shown once it is made.',
};

/** What has to happen, and how often that may fire. */
export function EventFields() {
  const { form, errors, change } = useForm();
  const { event } = form;
  const set = (part: Partial<EventState>): void => change({ event: { ...event, ...part } });
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <Choice
          label="What has to happen"
          value={event.kind}
          options={[
            ['task', 'A task ends'],
            ['resource', 'A resource changes'],
            ['list', 'A list changes'],
            ['hook', 'A hook is called'],
          ]}
          onChange={(kind) => set({ kind })}
        />
        <p className="text-xs text-muted">{HINTS[event.kind]}</p>
      </div>
      <SourceFields event={event} set={set} />
      <FilterRows
        rows={event.filters}
        errors={errors}
        onChange={(filters) => set({ filters })}
        suggestions={SUGGESTED[event.kind]}
      />
      <details
        className="group/more"
        open={event.debounce.amount !== '' || event.atMostEvery.amount !== '' || event.once || undefined}
      >
        <summary className="w-fit rounded text-sm font-medium text-soft hover:text-ink">
          When many come at once
        </summary>
        <div className="grid gap-4 pt-3 sm:grid-cols-2">
          <LengthField
            label="Wait until nothing more came for"
            hint="All that came go into one run."
            value={event.debounce}
            error={errors['trigger.debounceMs']}
            onChange={(debounce) => set({ debounce })}
          />
          <LengthField
            label="At most one run in"
            hint="What comes meanwhile goes into the next."
            value={event.atMostEvery}
            error={errors['trigger.atMostEveryMs']}
            onChange={(atMostEvery) => set({ atMostEvery })}
          />
          <CheckField
            label="Only once"
            hint="It fires for the first, and then is done."
            checked={event.once}
            onChange={(once) => set({ once })}
          />
        </div>
      </details>
    </>
  );
}

const SUGGESTED: Readonly<Record<EventState['kind'], readonly string[]>> = {
  task: ['title', 'server', 'tool', 'reason', 'assignmentId'],
  resource: ['type', 'path', 'content'],
  list: ['names'],
  hook: ['type', 'payload.ref'],
};

interface SourceFieldsProps {
  readonly event: EventState;
  set(part: Partial<EventState>): void;
}

function SourceFields({ event, set }: SourceFieldsProps) {
  const { servers, errors } = useForm();
  const names = servers.map(({ name }) => [name, name] as const);
  const server = (
    <SelectField
      label="Server"
      value={event.server}
      options={names}
      error={errors['trigger.source.server']}
      onChange={(server) => set({ server })}
    />
  );
  switch (event.kind) {
    case 'task':
      return (
        <>
          <fieldset className="flex flex-col gap-2">
            <legend className="pb-1.5 text-sm font-medium">It ended as</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-2">
              {TASK_ENDS.map((status) => (
                <CheckField
                  key={status}
                  label={status}
                  checked={event.statuses.includes(status)}
                  onChange={(checked) =>
                    set({
                      statuses: TASK_ENDS.filter((each) =>
                        each === status ? checked : event.statuses.includes(each),
                      ),
                    })
                  }
                />
              ))}
            </div>
            <Wrong error={errors['trigger.source.statuses']} />
          </fieldset>
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              label="Of this server"
              value={event.taskServer}
              options={[['', 'Any server'], ...names]}
              onChange={(taskServer) => set({ taskServer, taskTool: '' })}
            />
            {event.taskServer !== '' && (
              <SelectField
                label="And this tool"
                value={event.taskTool}
                options={[['', 'Any tool'], ...toolNames(servers, event.taskServer)]}
                onChange={(taskTool) => set({ taskTool })}
              />
            )}
          </div>
        </>
      );
    case 'resource':
      return (
        <div className="grid gap-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
          {server}
          <TextField
            label="URI of the resource"
            value={event.uri}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            error={expected(errors['trigger.source.uri'])}
            hint={hasWatch(servers, event.server) ? undefined : 'As the server lists it.'}
            onChange={({ target }) => set({ uri: target.value })}
          />
          {hasWatch(servers, event.server) && (
            <div className="sm:col-span-2">
              <WatchFolder server={event.server} onWatched={(uri) => set({ uri })} />
            </div>
          )}
        </div>
      );
    case 'list':
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          {server}
          <SelectField
            label="List"
            value={event.list}
            options={[
              ['tools', 'Tools'],
              ['resources', 'Resources'],
              ['prompts', 'Prompts'],
            ]}
            onChange={(list) => set({ list: list as EventState['list'] })}
          />
        </div>
      );
    case 'hook':
      return (
        <CheckField
          label="Only when it is signed"
          hint="By Standard Webhooks: whoever calls signs with a secret that is shown with the address."
          checked={event.signed}
          onChange={(signed) => set({ signed })}
        />
      );
  }
}

type Servers = ReturnType<typeof useForm>['servers'];

const toolNames = (servers: Servers, server: string) =>
  (servers.find(({ name }) => name === server)?.tools ?? []).map(({ name }) => [name, name] as const);

/** A server whose tool `watch` makes a folder a resource. */
const hasWatch = (servers: Servers, server: string): boolean =>
  servers.find(({ name }) => name === server)?.tools.some(({ name }) => name === 'watch') ?? false;

export const expected = (words: string | undefined): string | undefined =>
  words === undefined ? undefined : `Expected ${words.replace(/\.$/, '')}.`;
