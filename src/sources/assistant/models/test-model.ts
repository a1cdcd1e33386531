import type { Clock } from '../../../base/clock.ts';
import type { ModelTest } from '../../model-directory.ts';
import { streamStep } from '../turn/stream-step.ts';
import { modelFault } from './model-fault.ts';
import type { UsableModel } from './usable-model.ts';

const WITHIN_MS = 60_000;

/** Says a word to a model and tells what came of it, in words. */
export async function testModel(
  usable: () => Promise<UsableModel>,
  clock: Clock,
  signal: AbortSignal,
): Promise<ModelTest> {
  const startedMs = clock.now();
  const ms = () => clock.now() - startedMs;
  const late = new AbortController();
  const callOff = clock.after(WITHIN_MS, () => late.abort());
  const { where, entry, secret, model } = await usable();
  try {
    const { finish } = await streamStep(
      {
        model,
        system: 'This is a test of the connection.',
        messages: [{ role: 'user', content: 'Answer with the word: ready' }],
        tools: {},
        signal: AbortSignal.any([signal, late.signal]),
        clock,
      },
      () => {},
    );
    if (finish === 'aborted')
      return { ok: false, what: 'other', words: `${where} has not answered within 60 s.`, ms: ms() };
    if (finish === 'cut')
      return {
        ok: false,
        what: 'other',
        words: `${where} broke off its answer. Does it speak this provider's protocol?`,
        ms: ms(),
      };
    return { ok: true, what: 'works', words: `“${entry.model}” answers.`, ms: ms() };
  } catch (error) {
    const { what, words } = modelFault(error, where, entry.model, secret);
    return { ok: false, what: what === 'overloaded' || what === 'cut' ? 'other' : what, words, ms: ms() };
  } finally {
    callOff();
  }
}
