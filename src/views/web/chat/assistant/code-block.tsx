import { isValidElement, type ReactNode } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';

/** A block of code: what language it says it is, and a way to take it along. */
export function CodeBlock({ children }: { readonly children: ReactNode }) {
  const { language, text } = codeOf(children);
  return (
    <div className="group/code overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-muted">
        {language}
        <CopyButton text={text} label="Copy the code" />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto px-3 py-2.5 font-mono text-xs leading-[1.6]"
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}

function codeOf(children: ReactNode): { language: string; text: string } {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children))
    return { language: 'text', text: String(children ?? '') };
  const { className, children: inside } = children.props;
  return {
    language: /language-(\S+)/.exec(className ?? '')?.[1] ?? 'text',
    text: String(inside ?? '').replace(/\n$/, ''),
  };
}
