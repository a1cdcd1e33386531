import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { useState } from 'react';
import { readNewSearch } from './assignments/form/examples.ts';
import { readAssignmentsSearch } from './assignments/list/search.ts';
import { ChatPage, NewChatPage } from './chat/chat-page.tsx';
import { newestChatId } from './chat/sessions.ts';
import { records } from './data/records.ts';
import { Shell } from './shell/shell.tsx';
import { readTasksSearch } from './tasks-page/search.ts';
import { buttonClass } from './ui/button.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: function Newest() {
    // Decided once: a chat that is being begun on this page must not take the page away under the reader.
    const [newest] = useState(() => newestChatId(records.all('session')));
    if (newest === undefined) return <NewChatPage />;
    return <Navigate to="/chat/$sessionId" params={{ sessionId: newest }} replace />;
  },
});
const newChat = createRoute({ getParentRoute: () => root, path: '/new', component: NewChatPage });
const chat = createRoute({
  getParentRoute: () => root,
  path: '/chat/$sessionId',
  validateSearch: (search: Record<string, unknown>): { task?: string } =>
    typeof search.task === 'string' ? { task: search.task } : {},
  component: function Chat() {
    const { sessionId } = chat.useParams();
    return <ChatPage sessionId={sessionId} taskId={chat.useSearch().task} />;
  },
});
const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: readTasksSearch,
  component: lazyRouteComponent(() => import('./tasks-page/tasks-page.tsx'), 'TasksPage'),
});
const task = createRoute({
  getParentRoute: () => tasks,
  path: '$taskId',
  component: lazyRouteComponent(() => import('./tasks-page/task-page.tsx'), 'TaskPage'),
});
const assignments = createRoute({
  getParentRoute: () => root,
  path: '/assignments',
  validateSearch: readAssignmentsSearch,
  component: lazyRouteComponent(() => import('./assignments/list/assignments-page.tsx'), 'AssignmentsPage'),
});
const newAssignment = createRoute({
  getParentRoute: () => root,
  path: '/assignments/new',
  validateSearch: readNewSearch,
  component: lazyRouteComponent(() => import('./assignments/form/new-page.tsx'), 'NewAssignmentPage'),
});
const assignment = createRoute({
  getParentRoute: () => root,
  path: '/assignments/$assignmentId',
  validateSearch: (search: Record<string, unknown>): { run?: string } =>
    typeof search.run === 'string' ? { run: search.run } : {},
  component: lazyRouteComponent(() => import('./assignments/detail/assignment-page.tsx'), 'AssignmentPage'),
});
const editAssignment = createRoute({
  getParentRoute: () => root,
  path: '/assignments/$assignmentId/edit',
  component: lazyRouteComponent(() => import('./assignments/form/edit-page.tsx'), 'EditAssignmentPage'),
});
const servers = createRoute({
  getParentRoute: () => root,
  path: '/servers',
  component: lazyRouteComponent(() => import('./servers/servers-page.tsx'), 'ServersPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: () => <Navigate to="/settings/models" replace />,
});
const models = createRoute({
  getParentRoute: () => settings,
  path: 'models',
  component: lazyRouteComponent(() => import('./models/models-page.tsx'), 'ModelsPage'),
});
const permissions = createRoute({
  getParentRoute: () => settings,
  path: 'permissions',
  component: lazyRouteComponent(() => import('./settings/permissions-page.tsx'), 'PermissionsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    newChat,
    chat,
    tasks.addChildren([task]),
    assignments,
    newAssignment,
    assignment,
    editAssignment,
    servers,
    settings.addChildren([settingsIndex, models, permissions]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A fault of the page itself: nothing is lost, the work goes on at the host. */
function Broken() {
  return (
    <div className="m-auto flex flex-col items-center gap-3 p-6 text-center">
      <h1 className="text-lg font-semibold">This page has failed</h1>
      <p className="max-w-sm text-sm text-muted">
        Work goes on at the host. Loading the page anew shows how it stands.
      </p>
      <button type="button" className={buttonClass()} onClick={() => window.location.reload()}>
        Load anew
      </button>
    </div>
  );
}

function NotFound() {
  return (
    <div className="m-auto flex flex-col items-center gap-3 p-6 text-center">
      <h1 className="text-lg font-semibold">There is nothing at this address</h1>
      <Link to="/" className={buttonClass()}>
        To the newest chat
      </Link>
    </div>
  );
}
