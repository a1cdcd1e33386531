export const isEventStream = (response: Response): boolean =>
  response.ok && (response.headers.get('content-type') ?? '').startsWith('text/event-stream');

/** The same answer, which also tells when its body has ended or broken off. */
export function untilItsEnd(response: Response, ended: () => void): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  // A moment later: whoever reads it is to find out by itself first.
  const end = () => void setImmediate(ended);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      end();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
