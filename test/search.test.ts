import { expect, test } from 'vitest';
import type { Session } from '../src/store/records.ts';
import type { SearchPage } from '../src/views/api/contract/types.ts';
import { testHost } from './support/test-host.ts';

test('chats are found by their titles and by what was said in them, with the words marked', async () => {
  const { api } = await testHost();
  const { id } = (await api.post<Session>('/api/sessions', { title: 'Reise nach Zürich' })).body;
  await api.post(`/api/sessions/${id}/messages`, { text: 'Where are the tickets?' });

  const titled = await api.get<SearchPage>('/api/search?q=zurich');
  expect(titled.body.sessions.map((session) => session.id)).toEqual([id]);
  expect(titled.body.hits).toEqual([]);

  const said = await api.get<SearchPage>('/api/search?q=ticket');
  expect(said.body).toMatchObject({
    sessions: [],
    hits: [
      {
        sessionId: id,
        sessionTitle: 'Reise nach Zürich',
        role: 'user',
        excerpt: { text: 'Where are the tickets?', found: [{ from: 14, to: 21 }] },
      },
    ],
    nextCursor: null,
  });
  expect((await api.get('/api/search')).status).toBe(400);
  expect((await api.get('/api/search?q=x&cursor=nonsense')).status).toBe(400);
});
