import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { AwayCard } from '../away/away-card.tsx';
import { api } from '../data/api.ts';
import { panelOpen } from '../data/preferences.ts';
import { records } from '../data/records.ts';
import { NARROW, useMedia } from '../hooks/use-media.ts';
import { useObservable, useRecord } from '../hooks/use-record.ts';
import { RestartCard } from '../host/restart-card.tsx';
import { SidePanel } from '../panel/side-panel.tsx';
import { TaskPanel } from '../panel/task-panel.tsx';
import { StatusIcon } from '../task/status-icon.tsx';
import { useNeedsYouIn, useRunningIn } from '../task/use-tasks.ts';
import { buttonClass } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ChatHeader } from './chat-header.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { ModelPicker } from './model-picker.tsx';
import { beginChat, changeModel, say } from './say.ts';
import { ChatSettings } from './settings/chat-settings.tsx';
import { Welcome } from './welcome.tsx';

interface ChatPageProps {
  readonly sessionId: string;
  /** The task whose detail is open in the panel. */
  readonly taskId: string | undefined;
}

/** A chat with its tasks beside it; where there is no room, the tasks come over it as a sheet. */
export function ChatPage({ sessionId, taskId }: ChatPageProps) {
  const navigate = useNavigate();
  const session = useRecord('session', sessionId);
  const narrow = useMedia(NARROW);
  const wantsPanel = useObservable(panelOpen);
  const [sheet, setSheet] = useState(false);
  const asked = useChatData(sessionId, taskId);
  const openTask = useCallback(
    (id: string | undefined) => {
      if (id !== undefined && !narrow) panelOpen.set(true);
      void navigate({
        to: '/chat/$sessionId',
        params: { sessionId },
        search: id === undefined ? {} : { task: id },
      });
    },
    [navigate, sessionId, narrow],
  );
  if (asked && session === undefined) return <NoChat />;
  const panel = (close: () => void): ReactNode => (
    <TaskPanel sessionId={sessionId} taskId={taskId} onOpen={openTask} onClose={close} />
  );
  const closeSheet = (): void => {
    setSheet(false);
    if (taskId !== undefined) openTask(undefined);
  };
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <ChatHeader
          session={session}
          onShowTasks={narrow ? () => setSheet(true) : wantsPanel ? undefined : () => panelOpen.set(true)}
        />
        <NewsOverChat />
        <Conversation key={sessionId} sessionId={sessionId} onOpenTask={openTask} empty={<Welcome />} />
        {narrow && <RunningChip sessionId={sessionId} onOpen={() => setSheet(true)} />}
        <Composer
          key={`composer ${sessionId}`}
          sessionId={sessionId}
          onSay={(text) => say(sessionId, text)}
          tools={
            <>
              <ModelPicker
                modelId={session?.modelId}
                onPick={(modelId) => void changeModel(sessionId, modelId)}
              />
              <ChatSettings sessionId={sessionId} />
            </>
          }
        />
      </div>
      {!narrow && wantsPanel && (
        <SidePanel label="Tasks of this chat">{panel(() => panelOpen.set(false))}</SidePanel>
      )}
      {narrow && (
        <Sheet
          open={sheet || taskId !== undefined}
          onOpenChange={(open) => !open && closeSheet()}
          side="right"
          label="Tasks of this chat"
        >
          {panel(closeSheet)}
        </Sheet>
      )}
    </div>
  );
}

/** A chat that does not exist yet: it begins with its first message. */
export function NewChatPage() {
  const navigate = useNavigate();
  const [modelId, setModelId] = useState<string | null>(null);
  const begin = async (text: string): Promise<void> => {
    const sessionId = await beginChat(text, undefined, modelId === null ? {} : { modelId });
    await navigate({ to: '/chat/$sessionId', params: { sessionId } });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <NewsOverChat />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex min-h-full max-w-3xl flex-col px-4 sm:px-6">
          <Welcome />
        </div>
      </div>
      <Composer
        sessionId={undefined}
        onSay={begin}
        tools={<ModelPicker modelId={modelId ?? undefined} onPick={setModelId} />}
      />
    </div>
  );
}

function NewsOverChat() {
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-2 px-4 pt-3 empty:hidden sm:px-6">
      <RestartCard />
      <AwayCard />
    </div>
  );
}

function RunningChip({ sessionId, onOpen }: { readonly sessionId: string; onOpen(): void }) {
  const running = useRunningIn(sessionId);
  const needsYou = useNeedsYouIn(sessionId);
  if (running === 0) return null;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="mx-auto mb-2 flex h-9 items-center gap-2 rounded-full border border-line bg-raised pr-4 pl-3 text-sm font-medium shadow-pop"
    >
      <StatusIcon look={needsYou ? 'needs' : 'running'} />
      {running} running{needsYou && ', needs you'}
    </button>
  );
}

function NoChat() {
  return (
    <div className="m-auto flex flex-col items-center gap-3 p-6 text-center">
      <h1 className="text-lg font-semibold">This chat does not exist any more</h1>
      <Link to="/" className={buttonClass()}>
        To the newest chat
      </Link>
    </div>
  );
}

/**
 * Fetches what the lists did not bring: the chat itself, its tasks, and a task named in the address.
 * @returns whether the host has answered for the chat; what is not there then does not exist
 */
function useChatData(sessionId: string, taskId: string | undefined): boolean {
  const session = useQuery({
    queryKey: ['session', sessionId],
    queryFn: async () => {
      const known = records.get('session', sessionId);
      if (known === undefined) records.put('session', [await api.session(sessionId)], 'answer');
      records.flush();
      return true;
    },
    retry: false,
  });
  useQuery({
    queryKey: ['session tasks', sessionId],
    queryFn: async () => {
      const page = await api.tasks(`session=${encodeURIComponent(sessionId)}`, 100);
      records.put('task', page.tasks, 'answer');
      return page.seq;
    },
  });
  useEffect(() => {
    if (taskId === undefined || records.get('task', taskId) !== undefined) return;
    void api.task(taskId).then(
      (task) => records.put('task', [task], 'answer'),
      () => undefined,
    );
  }, [taskId]);
  return session.isError || session.isSuccess;
}
