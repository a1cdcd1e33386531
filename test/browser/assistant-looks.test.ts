import { expect, test } from 'vitest';
import { workServer } from '../support/test-host.ts';
import { annotatedServer, visitAssistant } from './assistant-visit.ts';
import { overflow, seriousFindings } from './axe.ts';

/** Each theme and each size once: colours do not depend on the size, nor places on the theme. */
const LOOKS = [
  ['light', 'desk'],
  ['dark', 'phone'],
] as const;
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const ANSWER = `Here is what I found.

## Folders by size

| Folder | Files | Size |
|---|---:|---:|
| Documents | 1,204 | 3.1 GB |
| Pictures | 8,930 | 41 GB |

1. **Pictures** is the largest, mostly from \`2024\`.
2. Documents can be packed:

   - letters
   - invoices, see [the list](https://example.com/list)

\`\`\`sh
tar -czf backup.tar.gz ~/Documents
\`\`\`

> Nothing was changed.

![a picture](https://example.com/tracker.png) <b onclick="alert(1)">not bold</b>`;

test('a chat with the assistant is readable in each theme and size', async () => {
  const notes = annotatedServer();
  const { page, host, stub, newChat, faults } = await visitAssistant({
    servers: { lab: workServer({ taskAfterMs: 100 }), notes },
    limits: { detachAfterMs: 300 },
    model: { contextTokens: 4_000 },
  });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));

  const rich = await newChat({ ask: 'never' });
  stub.script(
    [
      { reasoning: 'The user wants to know about folders. I look at both at once.' },
      { text: 'I look at both.' },
      { tool: 'lab__echo', args: { text: 'Documents' } },
      { tool: 'notes__read', args: { what: 'Pictures' } },
      { tool: 'lab__fail', args: { text: 'There is no such folder' } },
      { usage: { input: 1200, output: 80 } },
    ],
    [{ text: ANSWER }, { usage: { input: 2400, output: 310 } }],
  );
  await rich.ask('How large are my folders?');
  stub.script(
    [{ text: 'I start it.' }, { tool: 'lab__steps', args: { steps: 4000, ms: 25 } }],
    [{ text: 'It runs in the background now. I tell you when it is done; ask me anything meanwhile.' }],
  );
  await rich.ask('Pack the pictures, please');

  const asks = await newChat();
  stub.script([
    { text: 'For that I have to delete the old ones.' },
    { tool: 'notes__destroy', args: { what: '/home/me/Pictures/2019', keep: ['a.jpg', 'b.jpg'] } },
    { tool: 'notes__plain', args: { what: 'index' } },
  ]);
  await asks.say('Make room');
  await asks.until('waiting');

  const drafts = await newChat();
  stub.script(
    [
      { tool: 'meanwhile__list_assignments', args: {} },
      {
        tool: 'meanwhile__create_assignment',
        args: {
          trigger: { type: 'timer', text: 'every weekday at 9' },
          work: { type: 'text', text: 'Sum up the night' },
          timeZone: 'UTC',
        },
      },
    ],
    [{ text: 'I have put a card here: it runs once you confirm it.' }],
  );
  await drafts.ask('Every weekday at 9, sum up the night');

  const long = await newChat({ ask: 'never' });
  stub.answer(({ system }) => [
    { text: system.includes('ummar') ? 'They spoke of the sea.' : 'And the sea. '.repeat(40) },
  ]);
  for (let at = 0; at < 3; at++) await long.ask(`Tell me more (${at}). ${'The sea is wide. '.repeat(90)}`);

  const troubled = await newChat();
  stub.script({ status: 401, message: 'Incorrect API key provided' });
  await troubled.ask('Hello?');

  const waits = await newChat();
  stub.script({ status: 429, message: 'slow down', headers: { 'retry-after': '280' } });
  await waits.say('Hello?');

  const stopped = await newChat();
  stub.script([{ text: 'It begins with a long story about' }, { wait: new Promise(() => {}) }]);
  await stopped.say('Tell me a story');

  for (const [colorScheme, size] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(SIZES[size]);
    const check = async (where: string) => {
      const name = `assistant-${where}-${colorScheme}-${size}`;
      expect.soft(await seriousFindings(page), name).toEqual([]);
      await page.screenshot({ path: `dist/screenshots/${name}.png` });
      expect.soft(await overflow(page), `${name} is wider than the window`).toBeLessThanOrEqual(0);
    };
    const open = (session: string) => page.goto(`${host.url}/chat/${session}`);
    const messages = page.getByRole('list', { name: 'Messages' });

    await page.goto(`${host.url}/new`);
    await page.getByRole('button', { name: 'Model: Stub' }).waitFor();
    await check('new');
    await page.getByRole('button', { name: 'Model: Stub' }).click();
    await page.getByRole('menu').waitFor();
    await check('picker');

    await open(rich.session);
    await messages.getByText('In the background', { exact: true }).waitFor();
    await check('background');
    await messages.getByRole('heading', { name: 'Folders by size' }).scrollIntoViewIfNeeded();
    await messages.getByRole('button', { name: 'lab.fail' }).click();
    await messages.getByText('How large are my folders?').scrollIntoViewIfNeeded();
    await check('rich');
    await messages.getByRole('button', { name: 'More about this answer' }).first().click();
    await page.getByRole('menu').waitFor();
    await check('menu');
    await page.keyboard.press('Escape');
    await messages.getByRole('button', { name: 'More about what you said' }).first().click();
    await page.getByRole('menuitem', { name: 'Say it otherwise' }).click();
    await check('edit');

    await open(asks.session);
    await page.getByRole('button', { name: 'Allow once' }).first().waitFor();
    await check('approval');
    await page.getByRole('button', { name: 'What the assistant may do here' }).click();
    await page.getByRole('dialog').waitFor();
    await check('settings');

    await open(drafts.session);
    await page.getByRole('button', { name: 'Make it' }).waitFor();
    await check('draft');

    await open(troubled.session);
    await messages.getByRole('button', { name: 'Try again' }).waitFor();
    await check('failed');

    await open(waits.session);
    await messages.getByText('asks again in').waitFor();
    await check('rate-limit');

    await open(stopped.session);
    await messages.getByText('It begins with').waitFor();
    await check('answering');

    await open(long.session);
    await messages.getByText('And the sea.').last().waitFor();
    await messages
      .getByText(/was summarised/)
      .last()
      .click();
    await messages
      .getByText(/was summarised/)
      .last()
      .scrollIntoViewIfNeeded();
    await check('summary');

    await page.goto(`${host.url}/settings/models`);
    await page.getByRole('listitem', { name: 'Stub' }).waitFor();
    await check('models');
    await page.getByRole('button', { name: 'Add a model' }).click();
    await check('models-places');
    await page.getByRole('button', { name: 'Ollama' }).click();
    await page.getByText('Name, size and price').click();
    await check('models-add');
    await page.goto(`${host.url}/settings/permissions`);
    await check('permissions');
  }
  expect(fetched.filter((address) => address.includes('example.com'))).toEqual([]);
  expect(faults).toEqual([]);
}, 180_000);
