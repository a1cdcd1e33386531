import { lazy, Suspense, useDeferredValue } from 'react';
import { RichText } from '../rich-text-view.tsx';
import { useCalmText } from './use-calm-text.ts';

/** Fetched with the first answer of a model: a page that only calls tools does without it. */
const MarkdownBlocks = lazy(() => import('./markdown.tsx'));

/** What a model says. While it grows, typing and scrolling come first. */
export function AnswerText({ text, growing }: { readonly text: string; readonly growing: boolean }) {
  const shown = useDeferredValue(useCalmText(text, growing));
  return (
    <div className="prose" data-growing={growing || undefined}>
      <Suspense fallback={<RichText text={shown} />}>
        <MarkdownBlocks text={shown} />
      </Suspense>
    </div>
  );
}
