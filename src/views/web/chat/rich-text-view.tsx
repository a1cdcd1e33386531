import { readBlocks, type Span } from './rich-text.ts';

/** An answer in words. Text nodes only, whatever stands in it. */
export function RichText({ text }: { readonly text: string }) {
  return (
    <div className="flex flex-col gap-3 text-md break-words">
      {readBlocks(text).map((block, index) =>
        block.type === 'code' ? (
          <pre
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
            key={index}
            className="overflow-x-auto rounded-lg border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-[1.55]"
          >
            {block.text}
          </pre>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
          <p key={index} className="whitespace-pre-wrap">
            {block.spans.map((span, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
              <Piece key={at} span={span} />
            ))}
          </p>
        ),
      )}
    </div>
  );
}

function Piece({ span }: { readonly span: Span }) {
  if (span.style === 'code') {
    return (
      <code className="rounded bg-sunken px-1 py-0.5 font-mono text-[0.85em] ring-1 ring-line">
        {span.text}
      </code>
    );
  }
  return span.style === 'bold' ? <strong className="font-semibold">{span.text}</strong> : span.text;
}
