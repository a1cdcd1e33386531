import { expect, test } from 'vitest';
import type { Session } from '../../src/store/records.ts';
import type { SessionExport, Usage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { workServer } from '../support/test-host.ts';
import { assistantHost } from './rig.ts';

test('a chat is exported whole, and what it has taken is summed', async () => {
  const price = { inputPerMillion: 100, outputPerMillion: 1_000, currency: 'EUR' };
  const rig = await assistantHost({ lab: workServer() }, { model: { price } });
  rig.stub.script(
    [
      { reasoning: 'hm' },
      { tool: 'lab__echo', args: { text: 'a ``` fence' } },
      { usage: { input: 1_000, output: 100, cached: 400 } },
    ],
    [{ text: '**bold** answer' }, { usage: { input: 2_000, output: 200 } }],
    [{ text: 'another' }, { usage: { input: 3_000, output: 300 } }],
  );
  const first = await rig.chat.ask('a question');
  await rig.chat.act('retry', first);
  await rig.chat.until('done');
  const path = `/api/sessions/${rig.chat.session}`;
  expect((await rig.api.get<Usage>(`${path}/usage`)).body).toEqual({
    inputTokens: 6_000,
    outputTokens: 600,
    cachedInputTokens: 400,
    turns: 2,
    steps: 3,
    costs: [{ currency: 'EUR', cost: expect.closeTo(1.2, 6) }],
    byModel: [
      {
        modelId: 'stub',
        inputTokens: 6_000,
        outputTokens: 600,
        cachedInputTokens: 400,
        cost: expect.closeTo(1.2, 6),
      },
    ],
  });
  const whole = (await rig.api.get<SessionExport>(`${path}/export?format=json`)).body;
  expect(whole).toMatchObject({ meanwhile: 'session', version: 1, session: { id: rig.chat.session } });
  expect(whole.messages).toHaveLength(5);
  const response = await fetch(`${rig.host.url}${path}/export`, {
    headers: { authorization: `Bearer ${rig.host.token}` },
  });
  expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  const text = await response.text();
  expect(text).toMatch(/^# a question\n/);
  expect(text).toContain('another');
  expect(text).not.toContain('**bold** answer'); // hidden
  expect(await rig.api.get(`${path}/export?format=pdf`)).toMatchObject({ status: 400 });
  expect(await rig.api.get('/api/sessions/sess_none/usage')).toMatchObject({ status: 404 });
});

test('a chat is named by its model after the first answer; a name that was given stays', async () => {
  const rig = await assistantHost({}, { titles: true });
  rig.stub.answer(({ system }) => [
    { text: system.startsWith('You name') ? '“Plans for the garden.”\nmore' : 'Plant beans.' },
  ]);
  const title = async (id: string) => (await rig.api.get<Session>(`/api/sessions/${id}`)).body.title;
  await rig.chat.ask('What shall I plant?');
  await eventually(async () => (await title(rig.chat.session)) === 'Plans for the garden');
  const asked = rig.stub.seen.length;
  await rig.chat.ask('and then?');
  expect(rig.stub.seen.length).toBe(asked + 1);
  const other = await rig.newChat();
  await rig.api.patch(`/api/sessions/${other.session}`, { title: 'Mine' });
  await other.ask('What shall I plant?');
  await other.ask('and then?');
  expect(await title(other.session)).toBe('Mine');
});
