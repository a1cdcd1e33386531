import { Power } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { StopDialog } from './stop-dialog.tsx';

/** The way to stop the host from the page. */
export function StopHost() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" size="sm" className="px-2" onClick={() => setOpen(true)}>
        <Power className="size-3.5" aria-hidden />
        Stop Meanwhile…
      </Button>
      {open && <StopDialog onClose={() => setOpen(false)} />}
    </>
  );
}
