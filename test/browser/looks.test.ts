import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cutOff } from '../support/cut-off.ts';
import { httpFixture } from '../support/http-fixture.ts';
import { tempFolder } from '../support/test-host.ts';
import { overflow, seriousFindings } from './axe.ts';
import { visit } from './browser-host.ts';
import { asks, fixture, hasEnded, laboratory } from './laboratory.ts';
import { PAINT, PAY } from './paint-question.ts';

/** Each theme and each size once: colours do not depend on the size, nor places on the theme. */
const LOOKS = [
  ['light', 'desk'],
  ['dark', 'phone'],
] as const;
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

test('questions, stops and breaks are readable in each theme and size', async () => {
  const way = await cutOff((await httpFixture('plain-sdk2-server.ts')).url);
  const { page, host, api, faults } = await visit({
    servers: {
      painter: fixture('odd-server.ts'),
      lab: fixture('plain-sdk2-server.ts', 'stdio'),
      far: { url: way.url, meanwhile: { taskAfterMs: 50 } },
    },
  });
  const { begin, until, sessionId } = await laboratory(api, 'Paint the house');
  const folder = tempFolder();
  const path = join(folder, 'go');
  const away = await begin('wait_for', { path }, 'far');
  const asking = await begin('ask_all', { house: 'the red one', questions: [PAINT, PAY] }, 'painter');
  const ignored = await begin('stubborn', { path });
  const lost = await begin('wait_for', { path });
  const secret = await begin('look', { path, token: 'secret' });
  await begin('hold', { mark: join(folder, 'mark') });
  await way.goAway();
  await api.post(`/api/tasks/${ignored}/cancel`, {});
  await api.post(`/api/tasks/${lost}/stop-waiting`, {});
  await until(asking, asks);
  await until(secret, hasEnded);
  await until(ignored, ({ cancel }) => cancel.answer === 'ignored');
  await until(away, ({ contactLost }) => contactLost !== undefined);

  for (const [colorScheme, size] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(SIZES[size]);
    const check = async (where: string) => {
      const name = `${where}-${colorScheme}-${size}`;
      expect(await seriousFindings(page), name).toEqual([]); // which waits until nothing moves in any more
      await page.screenshot({ path: `dist/screenshots/${name}.png` });
      expect(await overflow(page), `${name} is wider than the window`).toBeLessThanOrEqual(0);
    };
    const button = (name: RegExp) => page.getByRole('button', { name }).first();
    const dialog = page.getByRole('dialog');

    await page.goto(`${host.url}/chat/${sessionId}`);
    await page.getByText('No contact').first().waitFor();
    await check('work-chat');
    if (size === 'phone') {
      await button(/^Tasks$/).click();
      await dialog.waitFor();
      await check('work-panel');
    }
    await page.goto(`${host.url}/tasks`);
    await page.getByText('Goes on although').first().waitFor();
    await check('work-tasks');

    await page.goto(`${host.url}/tasks/${asking}`);
    await button(/^Answer$/).click();
    await check('question-task');
    await button(/^Open the page/).click();
    await dialog.waitFor();
    await check('question-open');

    await page.goto(`${host.url}/tasks/${ignored}`);
    await button(/^End by force/).waitFor();
    await check('stop-ignored');
    await button(/^End by force/).click();
    await dialog.getByRole('button', { name: 'End by force' }).click();
    await dialog.getByRole('button', { name: 'End both' }).waitFor();
    await check('stop-force');

    await page.goto(`${host.url}/tasks/${away}`);
    await page.getByText('looking for it').first().waitFor();
    await check('no-contact');
    await page.goto(`${host.url}/tasks/${lost}`);
    await button(/^Run again/).click();
    await dialog.waitFor();
    await check('lost-again');
    await page.goto(`${host.url}/tasks/${secret}`);
    await button(/^Run again/).click();
    await page.getByText('Secrets were taken out').waitFor();
    await check('again-refused');
  }
  expect(faults).toEqual([]);
});
