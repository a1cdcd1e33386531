import { z } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { AppError, ERRORS } from '../../../base/errors.ts';
import { SignInStartSchema } from '../contract/bodies.ts';
import { ServerSchema } from '../contract/records.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, operation, router } from './route.ts';

const params = z.object({ name: z.string().max(100) });

/** A person's sign-in to a server (OAuth): there, and back again. */
export function signInRoutes({ servers, log }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'post',
      path: '/api/servers/{name}/sign-in',
      summary: 'Begin a sign-in to a server; open the address in a browser on this machine',
      request: { params },
      responses: { 200: jsonAnswer('Where to sign in', SignInStartSchema) },
    }),
    async (context) => context.json({ url: await servers.signIn(context.req.valid('param').name) }, 200),
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/servers/{name}/sign-out',
      summary: 'Forget the tokens of a server',
      request: { params },
      responses: { 200: jsonAnswer('The server', ServerSchema) },
    }),
    async (context) => {
      const view = await servers.signOut(context.req.valid('param').name);
      return context.json(view as z.infer<typeof ServerSchema>, 200);
    },
  );

  // A browser comes here from another site, so without our cookie: the one-time state is what lets it in. Nothing
  // of the address is repeated on the page.
  app.get('/oauth/callback', async (context) => {
    context.header('cache-control', 'no-store');
    try {
      await servers.finishSignIn(new URL(context.req.url).searchParams);
      return context.html(page('Signed in', 'You can close this tab; Meanwhile goes on by itself.'));
    } catch (error) {
      if (!(error instanceof AppError)) {
        log.error({ err: error }, 'a sign-in could not be finished');
        return context.html(
          page('Not signed in', 'Something went wrong inside. See the log of the host.'),
          500,
        );
      }
      log.info({ code: error.code, detail: error.detail }, 'a sign-in did not succeed');
      // Not the status of the catalogue: 502 would say that we are the one who failed.
      const status = ERRORS[error.code].status >= 500 ? 400 : ERRORS[error.code].status;
      return context.html(page('Not signed in', error.detail), status as 400);
    }
  });

  return app;
}

const page = (title: string, words: string) => html`<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <meta name="color-scheme" content="light dark" />
  <title>${title} · Meanwhile</title>
  <body style="font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 15vh auto; padding: 0 1rem">
    <h1 style="font-size: 1.25rem">${title}</h1>
    <p>${words}</p>
  </body>
</html> `;
