import { useEffect, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Key } from '../ui/key.tsx';

const KEYS: readonly (readonly [string, readonly (readonly [readonly string[], string])[]])[] = [
  [
    'Tasks',
    [
      [['↑', '↓'], 'Move through the rows'],
      [['Enter'], 'Open the task'],
      [['Space'], 'Select or unselect it'],
      [['x'], 'Cancel it, or all that are selected'],
      [['/'], 'Search'],
      [['Esc'], 'Back out one step'],
    ],
  ],
  [
    'Chat',
    [
      [['Enter'], 'Send'],
      [['Shift', 'Enter'], 'New line'],
      [['/'], 'Use a tool: choose with ↑ ↓, take with Tab or Enter'],
    ],
  ],
  ['Everywhere', [[['?'], 'This list']]],
];

/** `?` shows what the keyboard can do. */
export function HelpOverlay() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === '?' && !isTyping(event.target)) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Keyboard">
      <div className="flex flex-col gap-5 pb-2">
        {KEYS.map(([title, rows]) => (
          <section key={title}>
            <h3 className="pb-1.5 text-xs font-semibold tracking-wide text-muted uppercase">{title}</h3>
            <dl className="flex flex-col gap-1.5 text-sm">
              {rows.map(([keys, words]) => (
                <div key={words} className="flex items-center gap-3">
                  <dt className="flex w-24 shrink-0 gap-1">
                    {keys.map((key) => (
                      <Key key={key}>{key}</Key>
                    ))}
                  </dt>
                  <dd className="text-soft">{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** Whether a key belongs to a field that is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
