import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './code-block.tsx';
import { splitBlocks } from './split-blocks.ts';

const PLUGINS = [remarkGfm];
/** Nothing but these leaves the page, and only when it is clicked. */
const SAFE_LINK = /^(https?:|mailto:)/i;

/**
 * What a model says, as it is meant to look. HTML in it stays text, and images are not loaded: they are links, so that
 * nothing calls home by being shown.
 */
export default function MarkdownBlocks({ text }: { readonly text: string }) {
  return splitBlocks(text).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
    <Piece key={at} text={block} />
  ));
}

const Piece = memo(function Piece({ text }: { readonly text: string }) {
  return (
    <Markdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={safeAddress}>
      {text}
    </Markdown>
  );
});

const safeAddress = (address: string): string | null => (SAFE_LINK.test(address) ? address : null);

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ src, alt }) =>
    typeof src === 'string' && src !== '' ? (
      <a href={src} target="_blank" rel="noopener noreferrer nofollow" title={src}>
        Image{alt ? `: ${alt}` : ''}
      </a>
    ) : (
      <span>{alt}</span>
    ),
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label="Table" tabIndex={0} className="overflow-x-auto rounded-lg border border-line">
      <table>{children}</table>
    </section>
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked ?? false} disabled aria-label={checked ? 'Done' : 'Not done'} />
  ),
};
