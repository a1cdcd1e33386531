import { expect, test } from 'vitest';
import { assistantHost, textOf } from './rig.ts';

test('fifty chats stream at once: each gets its own words, whole and in order', async () => {
  const rig = await assistantHost();
  const words = Array.from({ length: 200 }, (_, at) => `word${at} `);
  rig.stub.answer(({ lastUser }) => [{ text: `${lastUser}: ` }, ...words.map((text) => ({ text }))]);
  const chats = await Promise.all(Array.from({ length: 50 }, () => rig.newChat()));
  const began = performance.now();
  const answers = await Promise.all(chats.map((chat, at) => chat.ask(`chat ${at}`)));
  console.info(`50 chats, 200 words each: ${Math.round(performance.now() - began)} ms`);
  for (const [at, answer] of answers.entries()) {
    expect(answer.turn?.state).toBe('done');
    expect(textOf(answer)).toBe(`chat ${at}: ${words.join('')}`);
  }
}, 60_000);
