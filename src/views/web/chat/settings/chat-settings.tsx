import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../data/api.ts';
import { errorWords } from '../../data/client.ts';
import { records } from '../../data/records.ts';
import { showToast } from '../../data/toasts.ts';
import type { Session, SessionPatch } from '../../data/types.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { RememberedAnswers } from '../../settings/remembered-answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Switch } from '../../ui/switch.tsx';
import { AskChoice } from './ask-choice.tsx';
import { ChatUsage } from './chat-usage.tsx';
import { ToolChoice } from './tool-choice.tsx';

/** What the assistant may do in a chat. Each change holds at once. */
export function ChatSettings({ sessionId }: { readonly sessionId: string }) {
  const [open, setOpen] = useState(false);
  const session = useRecord('session', sessionId);
  if (session === undefined) return null;
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="What the assistant may do here"
        title="What the assistant may do here"
        onClick={() => setOpen(true)}
      >
        <SlidersHorizontal className="size-3.5" aria-hidden />
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="What the assistant may do here"
        description="For this chat alone. Changes hold at once, from its next step on."
      >
        <Fields session={session} />
      </Dialog>
    </>
  );
}

const HEAD = 'pb-2 text-sm font-semibold';

function Fields({ session }: { readonly session: Session }) {
  const change = async (patch: SessionPatch): Promise<void> => {
    try {
      records.put('session', [await api.changeSession(session.id, patch)], 'answer');
      records.flush();
    } catch (error) {
      showToast(errorWords(error), { kind: 'error' });
    }
  };
  return (
    <div className="flex flex-col gap-6 pb-3">
      <AskChoice ask={session.ask} onChange={(ask) => void change({ ask })} />
      <section>
        <h3 className={HEAD}>Tools it may use</h3>
        <ToolChoice rule={session.tools} onChange={(tools) => void change({ tools })} />
      </section>
      <section className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h3 className="text-sm font-semibold">Speak up when background work ends</h3>
          <p id="follow-ups" className="mt-0.5 text-sm text-muted">
            It looks at the result and goes on by itself. Otherwise the result just stands in the chat until
            you say something.
          </p>
        </div>
        <Switch
          label="Speak up when background work ends"
          describedBy="follow-ups"
          checked={session.followUps !== 'off'}
          onCheckedChange={(on) => void change({ followUps: on ? 'on' : 'off' })}
        />
      </section>
      <section>
        <h3 className={HEAD}>Answers that hold in every chat</h3>
        <RememberedAnswers />
      </section>
      <ChatUsage sessionId={session.id} />
    </div>
  );
}
