import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';

const YEAR_S = 365 * 24 * 3_600;

/** Serves the built pages; every address that is not a file is the app's own, told apart by its router. */
export function servePages(app: OpenAPIHono, folder: string): void {
  app.use(
    '/assets/*',
    serveStatic({
      root: folder,
      onFound: (_path, context) => context.header('cache-control', `public, max-age=${YEAR_S}, immutable`),
    }),
  );
  app.use('*', serveStatic({ root: folder }));
  app.get('*', serveStatic({ root: folder, path: 'index.html' }));
}
