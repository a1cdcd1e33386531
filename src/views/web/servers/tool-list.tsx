import { typeWords } from '../chat/completion.ts';
import type { ServerView, Tool } from '../data/types.ts';
import { plainText } from '../text/plain.ts';

/** The tools of a server, with what each does and takes. */
export function ToolList({ server }: { readonly server: ServerView }) {
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
      {server.tools.map((tool) => (
        <li key={tool.name} className="px-3.5 py-3">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-mono text-sm font-medium break-all">
              /{server.name}.{tool.name}
            </code>
            {tool.title !== undefined && <span className="text-xs text-muted">{tool.title}</span>}
          </p>
          {tool.description !== undefined && (
            <p className="mt-1 text-sm whitespace-pre-line text-soft">{plainText(tool.description)}</p>
          )}
          <Parameters tool={tool} />
        </li>
      ))}
    </ul>
  );
}

function Parameters({ tool }: { readonly tool: Tool }) {
  const properties = Object.entries(record(tool.inputSchema.properties));
  const required = Array.isArray(tool.inputSchema.required) ? tool.inputSchema.required : [];
  if (properties.length === 0) return <p className="mt-1.5 text-xs text-muted">Takes no arguments.</p>;
  return (
    <dl className="mt-2 flex flex-col gap-1.5 text-xs">
      {properties.map(([name, value]) => {
        const schema = record(value);
        return (
          <div key={name} className="flex flex-wrap gap-x-2.5">
            <dt className="font-mono font-medium">
              {name}
              {required.includes(name) && (
                <span className="ml-1.5 font-sans font-normal text-needs">required</span>
              )}
            </dt>
            <dd className="text-muted">
              {typeWords(schema)}
              {typeof schema.description === 'string' && ` · ${plainText(schema.description)}`}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
