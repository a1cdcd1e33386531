const NEWLINE = 0x0a;

/**
 * Cuts a byte stream into JSON-RPC frames, one a line (MCP specification, "stdio"). A line that is no JSON
 * object is handed to `onStray`, cut short, and the stream goes on. A line above `maxBytes` is skipped to its
 * end and handed to `onStray` as its beginning, so that memory stays bounded.
 */
export function lineFrames(handlers: {
  onFrame: (frame: Record<string, unknown>) => void;
  onStray: (text: string, reason: 'not_json' | 'too_long') => void;
  maxBytes: number;
}): { push(chunk: Buffer): void } {
  const { onFrame, onStray, maxBytes } = handlers;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let skipping = false;

  function line(bytes: Buffer) {
    const text = bytes.toString('utf8').trim();
    if (text === '') return;
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      return onStray(text.slice(0, 500), 'not_json');
    }
    if (typeof frame !== 'object' || frame === null || Array.isArray(frame) || !('jsonrpc' in frame))
      return onStray(text.slice(0, 500), 'not_json');
    onFrame(frame as Record<string, unknown>);
  }

  function hold(part: Buffer) {
    if (skipping || part.length === 0) return;
    held.push(part);
    heldBytes += part.length;
    if (heldBytes <= maxBytes) return;
    onStray(Buffer.concat(held).subarray(0, 500).toString('utf8'), 'too_long');
    held = [];
    heldBytes = 0;
    skipping = true;
  }

  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        hold(chunk.subarray(from, at));
        from = at + 1;
        if (skipping) {
          skipping = false;
          continue;
        }
        const whole = held.length === 1 ? held[0] : Buffer.concat(held);
        held = [];
        heldBytes = 0;
        if (whole !== undefined) line(whole);
      }
      hold(chunk.subarray(from));
    },
  };
}
