import { expect, test } from 'vitest';
import { watchNoticeStream } from './notice-stream.ts';

const stream = (body = '') =>
  new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } });
const refusal = (status: number) => new Response('no', { status });
const AFTER = { headers: { 'last-event-id': '7' } };

/** What is told of a stream that is asked for so often, with these answers. */
async function statesOf(answers: readonly [Response, RequestInit?][]) {
  const notices = watchNoticeStream();
  const states: string[] = [];
  for (const [response, init] of answers) {
    const settled = Promise.withResolvers<void>();
    const undo = notices.onChange((state) => {
      states.push(state);
      if (state !== 'open') settled.resolve();
    });
    const answer = notices.answered(response, init);
    if (answer !== response) {
      await answer.text();
      await settled.promise;
    }
    undo();
  }
  return states;
}

test.each<[string, () => [Response, RequestInit?][], string[]]>([
  ['it is given, and ends', () => [[stream('data: {}\n\n')]], ['open', 'broken']],
  ['the server has none', () => [[refusal(405)]], ['none']],
  ['it is refused', () => [[refusal(404)]], ['refused']],
  ['there is one already', () => [[stream()], [refusal(409)]], ['open', 'broken', 'open']],
  ['it is taken up again', () => [[stream()], [stream(), AFTER]], ['open', 'broken', 'open', 'broken']],
  ['the stream of a call is taken up', () => [[stream(), AFTER]], []],
])('%s', async (_what, answers, states) => {
  expect(await statesOf(answers())).toEqual(states);
});
