import { CircleAlert, CircleCheck, CircleMinus, CircleX, Stethoscope } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import type { ServerReport, ServerView } from '../data/types.ts';
import { plainText } from '../text/plain.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { inputClass, TextArea } from '../ui/field.tsx';

/** *Test* on a server's card: looks at the server on a connection of its own, and at one tool by using it. */
export function TestServer({ server }: { readonly server: ServerView }) {
  const [open, setOpen] = useState(false);
  const name = server.title ?? server.name;
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        className="text-muted"
        aria-label={`Test ${name}`}
        onClick={() => setOpen(true)}
      >
        <Stethoscope className="size-3.5" aria-hidden />
        Test
      </Button>
      {open && <TestDialog server={server} onClose={() => setOpen(false)} />}
    </>
  );
}

function TestDialog({ server, onClose }: { readonly server: ServerView; onClose(): void }) {
  const id = useId();
  const [tool, setTool] = useState('');
  const [args, setArgs] = useState('{}');
  const [error, setError] = useState<string>();
  const [report, setReport] = useState<ServerReport>();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const closed = useRef(new AbortController());
  useEffect(() => {
    const now = new AbortController();
    closed.current = now;
    return () => now.abort();
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (tool === '' || isReadOnly(server, tool)) void test();
    else setAsking(true);
  };
  const test = async (): Promise<void> => {
    const parsed = tool === '' ? undefined : readArguments(args);
    if (typeof parsed === 'string') return setError(parsed);
    setBusy(true);
    setError(undefined);
    setReport(undefined);
    try {
      const what = tool === '' ? {} : { tool, arguments: parsed ?? {} };
      setReport(await api.testServer(server.name, what, closed.current.signal));
    } catch (refusal) {
      setError(errorWords(refusal));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Test ${server.title ?? server.name}`}
      description="On a connection of its own, so that nothing that runs is disturbed."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" type="submit" form={id} disabled={busy}>
            {busy ? 'Testing…' : tool === '' ? 'Test the server' : 'Run the tool twice'}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex flex-col gap-1.5">
          <label htmlFor={`${id}-tool`} className="text-sm font-medium">
            What to test
          </label>
          <select
            id={`${id}-tool`}
            className={cx(inputClass, 'h-9')}
            value={tool}
            onChange={({ target }) => setTool(target.value)}
          >
            <option value="">The server; none of its tools is used</option>
            {server.tools.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </div>
        {tool !== '' && (
          <>
            <TextArea
              label="Arguments"
              hint="As JSON."
              spellCheck={false}
              value={args}
              onChange={({ target }) => setArgs(target.value)}
            />
            <Alert kind="needs">
              {isReadOnly(server, tool)
                ? `${tool} is really used, twice. It says that it changes nothing.`
                : `${tool} is really used, twice: once to its end, once to be stopped in the middle. What it changes is changed.`}
            </Alert>
          </>
        )}
        {error !== undefined && <Alert kind="bad">{plainText(error)}</Alert>}
        <Confirm
          open={asking}
          onOpenChange={setAsking}
          title={`Use ${tool} twice?`}
          action="Use it twice"
          keep="Do not"
          onConfirm={() => void test()}
        >
          {`${tool} is really used: once to its end, once to be stopped in the middle. What it changes is changed.`}
        </Confirm>
        <div aria-live="polite">
          {busy && <p className="text-sm text-muted">This takes up to a minute.</p>}
          {report !== undefined && <Report report={report} />}
        </div>
      </form>
    </Dialog>
  );
}

const LOOKS = {
  ok: { Icon: CircleCheck, colour: 'text-good', word: 'fine' },
  warning: { Icon: CircleAlert, colour: 'text-needs', word: 'worth knowing' },
  failed: { Icon: CircleX, colour: 'text-bad', word: 'failed' },
  skipped: { Icon: CircleMinus, colour: 'text-muted', word: 'left out' },
} as const;

function Report({ report: { checks, tools } }: { readonly report: ServerReport }) {
  const seen = tools.filter(({ seen }) => seen.reportsProgress || seen.asks || seen.cancels.length > 0);
  return (
    <>
      <ul className="flex flex-col gap-2.5">
        {checks.map(({ what, result, words }) => {
          const { Icon, colour, word } = LOOKS[result];
          return (
            <li key={what} className="flex gap-2.5 text-sm">
              <Icon className={cx('mt-0.5 size-4 shrink-0', colour)} role="img" aria-label={word} />
              <span className="min-w-0">
                <span className="font-medium">{capital(what)}. </span>
                <span className="text-soft">{plainText(words)}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {seen.length > 0 && (
        <>
          <h3 className="mt-5 mb-1.5 text-sm font-medium">Seen in calls so far</h3>
          <ul className="flex flex-col gap-1.5 text-xs text-muted">
            {seen.map(({ name, words }) => (
              <li key={name}>
                <code className="font-mono font-medium text-ink">{name}</code> {plainText(words)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isReadOnly = (server: ServerView, tool: string): boolean =>
  server.tools.find(({ name }) => name === tool)?.annotations?.readOnlyHint === true;

/** The arguments, or what is wrong with them. */
function readArguments(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    return 'Arguments: expected a JSON object, such as {"name": "value"}.';
  } catch (error) {
    return `Arguments: this does not parse as JSON. ${(error as Error).message}`;
  }
}
