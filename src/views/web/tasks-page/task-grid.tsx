import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { GroupName } from '../task/groups.ts';
import { cx } from '../ui/class-names.ts';
import { nextTaskRow, type Row } from './rows.ts';
import { TaskRow } from './task-row.tsx';

const HEAD_PX = 38;
const ROW_PX = 54;
const GROUP_WORDS: Readonly<Record<GroupName, string>> = {
  needs: 'Needs you',
  failed: 'Failed or lost today',
  running: 'Running',
  ended: 'Ended',
};

interface TaskGridProps {
  readonly rows: readonly Row[];
  readonly openId: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly compact: boolean;
  /** Whether the group's count is all there is, or more waits on the next page. */
  readonly complete: boolean;
  onOpen(id: string): void;
  onSelect(id: string): void;
  onCancel(id: string): void;
  onEscape(): void;
  onNearEnd(): void;
}

/** The rows, of which only those in view exist. The focus is on the grid, which names its current row. */
export function TaskGrid(props: TaskGridProps) {
  const { rows, openId, selected, compact, onOpen, onSelect, onNearEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  // The row is remembered by its task, so that the focus stays with it when rows move.
  const [currentId, setCurrentId] = useState<string>();
  const [inside, setInside] = useState(false);
  const current = rows.findIndex((row) => row.type === 'task' && row.id === currentId);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index]?.type === 'head' ? HEAD_PX : ROW_PX),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heads and rows have different heights
  useEffect(() => list.measure(), [rows]);
  const items = list.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the end comes near or the list grows
  useEffect(() => {
    if (lastIndex >= rows.length - 12) onNearEnd();
  }, [lastIndex, rows.length]);

  const goTo = (index: number): void => {
    const row = rows[index];
    if (row?.type !== 'task') return;
    setCurrentId(row.id);
    list.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const row = rows[current];
    const id = row?.type === 'task' ? row.id : undefined;
    const act: Record<string, (() => void) | undefined> = {
      ArrowDown: () => goTo(nextTaskRow(rows, current, 1)),
      ArrowUp: () => goTo(current < 0 ? nextTaskRow(rows, -1, 1) : nextTaskRow(rows, current, -1)),
      Home: () => goTo(nextTaskRow(rows, -1, 1)),
      End: () => goTo(nextTaskRow(rows, rows.length, -1)),
      Enter: id === undefined ? undefined : () => onOpen(id),
      ' ': id === undefined ? undefined : () => onSelect(id),
      x: () => props.onCancel(id ?? ''),
      Escape: props.onEscape,
    };
    const action = act[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table
    <div
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label="Tasks"
      aria-rowcount={props.complete ? rows.length : -1}
      aria-multiselectable
      aria-activedescendant={current >= 0 && inside ? `row-${currentId}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => setInside(event.target === event.currentTarget)}
      onBlur={() => setInside(false)}
      className="min-h-0 flex-1 overflow-y-auto outline-none"
    >
      <div role="presentation" className="relative w-full" style={{ height: list.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              id={row.type === 'task' ? `row-${row.id}` : undefined}
              role={row.type === 'head' ? 'row' : 'presentation'}
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row.type === 'head' ? (
                <GroupHead row={row} complete={props.complete || row.name !== 'ended'} />
              ) : (
                <TaskRow
                  id={row.id}
                  focused={inside && row.id === currentId}
                  selected={selected.has(row.id)}
                  open={row.id === openId}
                  compact={compact}
                  onOpen={onOpen}
                  onSelect={onSelect}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function GroupHead({
  row,
  complete,
}: {
  readonly row: Extract<Row, { type: 'head' }>;
  readonly complete: boolean;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the focus moves by tasks
    <div
      role="rowheader"
      className="flex h-full items-end gap-2 border-b border-line px-4 pb-1.5 sm:px-6 text-xs font-semibold"
    >
      <span className={cx(row.name === 'needs' && 'text-needs', row.name === 'failed' && 'text-bad')}>
        {GROUP_WORDS[row.name]}
      </span>
      <span className="font-normal text-muted tabular-nums">{complete ? row.count : `${row.count}+`}</span>
    </div>
  );
}

const keyOf = (row: Row | undefined): string =>
  row === undefined ? '' : row.type === 'head' ? `head ${row.name}` : row.id;
