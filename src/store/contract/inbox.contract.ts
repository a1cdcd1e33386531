import { expect, it } from 'vitest';
import type { Run } from '../../assignment/run.ts';
import type { Unnumbered } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { at, atMs, runWrite, sampleEvent, sampleRun } from './sample-assignments.ts';

export function inboxContract({ store, another }: ContractStore): void {
  const accept = (assignmentId: string, more = {}) =>
    store()
      .inbox.accept(assignmentId, sampleEvent(more))
      .then(({ inboxId }) => inboxId);
  const take = (run: Unnumbered<Run>, takes: string[]) =>
    store().writer.commit([runWrite(run, { takes })], 'durable');
  const pendingOf = async (assignmentId: string) =>
    (await store().inbox.pending(assignmentId, 1_000)).map(({ inboxId }) => inboxId);

  it('keeps what was accepted, in order, each event once for each assignment', async () => {
    const events = [
      sampleEvent({ data: { text: '\u0000 😀 \ud800' } }),
      sampleEvent({ id: `\u0000 ${'x'.repeat(10_000)}` }),
    ];
    const [first, second] = events;
    const accepted = [
      await store().inbox.accept('asg_a', first!, 1_000),
      await store().inbox.accept('asg_a', second!, 1_001),
    ];
    expect(accepted.map(({ isNew }) => isNew)).toEqual([true, true]);
    const again = await store().inbox.accept('asg_a', { ...events[0]!, type: 'another' });
    expect(again).toEqual({ inboxId: accepted[0]!.inboxId, isNew: false });
    expect(await store().inbox.accept('asg_b', events[0]!)).toMatchObject({ isNew: true });
    expect(await store().inbox.pending('asg_a', 10)).toEqual(
      events.map((event, index) => ({ inboxId: accepted[index]!.inboxId, event, acceptedMs: 1_000 + index })),
    );
    expect(await store().inbox.pending('asg_a', 1)).toHaveLength(1);
    expect(await store().inbox.assignmentsWithPending()).toEqual(['asg_a', 'asg_b']);
  });

  it('takes a flood of events, repeated ones among them', async () => {
    const events = Array.from({ length: 150 }, () => sampleEvent());
    const accepted = await Promise.all(
      [...events, ...events.slice(50)].map((event) => store().inbox.accept('asg_flood', event)),
    );
    expect(accepted.map(({ isNew }) => isNew)).toEqual([...Array(150).fill(true), ...Array(100).fill(false)]);
    expect(accepted.slice(150)).toEqual(accepted.slice(50, 150).map((each) => ({ ...each, isNew: false })));
    expect(await pendingOf('asg_flood')).toEqual(accepted.slice(0, 150).map(({ inboxId }) => inboxId));
  });

  it('gives each event to one run, and nothing of a commit that wants a taken one', async () => {
    const assignmentId = 'asg_take';
    const [one, two, three] = [
      await accept(assignmentId),
      await accept(assignmentId),
      await accept(assignmentId),
    ];
    await take(sampleRun({ assignmentId }), [one, two, one]);
    expect(await pendingOf(assignmentId)).toEqual([three]);
    const other = sampleRun({ assignmentId });
    await expect(take(other, [three, two])).rejects.toMatchObject({ code: 'event_taken' });
    expect(await store().runs.get(other.id)).toBeUndefined();
    expect(await pendingOf(assignmentId)).toEqual([three]);
    await expect(take(sampleRun(), [three])).rejects.toMatchObject({ code: 'event_taken' });
    await expect(take(other, ['inb_unknown'])).rejects.toMatchObject({ code: 'event_taken' });
    await take(other, [three]);
    expect(await pendingOf(assignmentId)).toEqual([]);
    expect(await store().inbox.assignmentsWithPending()).not.toContain(assignmentId);
  });

  it('leaves an event pending when the run that was to take it is refused', async () => {
    const assignmentId = 'asg_refused';
    const run = sampleRun({ assignmentId });
    await take(run, [await accept(assignmentId)]);
    const inboxId = await accept(assignmentId);
    const second = runWrite(sampleRun({ assignmentId, key: run.key }), { isNew: true, takes: [inboxId] });
    await expect(store().writer.commit([second], 'durable')).rejects.toMatchObject({ code: 'run_exists' });
    expect(await pendingOf(assignmentId)).toEqual([inboxId]);
  });

  it('takes hundreds of events into one run', async () => {
    const assignmentId = 'asg_many';
    const inboxIds = await Promise.all(Array.from({ length: 300 }, () => accept(assignmentId)));
    await take(sampleRun({ assignmentId }), inboxIds);
    expect(await pendingOf(assignmentId)).toEqual([]);
  });

  it('forgets what was taken long ago; until then a repeated event is known', async () => {
    const assignmentId = 'asg_forget';
    const event = sampleEvent();
    const old = await store().inbox.accept(assignmentId, event);
    const recent = await accept(assignmentId);
    const pending = await accept(assignmentId, { at: at(-900) });
    await take(sampleRun({ assignmentId, createdAt: at(-500) }), [old.inboxId]);
    await take(sampleRun({ assignmentId, createdAt: at(-500), startedAt: at(-400) }), [recent]);
    expect(await store().inbox.forget(atMs(-500))).toBe(0);
    expect(await store().inbox.accept(assignmentId, event)).toEqual({ ...old, isNew: false });
    expect(await store().inbox.forget(atMs(-500) + 1)).toBe(1);
    expect(await pendingOf(assignmentId)).toEqual([pending]);
    expect(await store().inbox.accept(assignmentId, event)).toMatchObject({ isNew: true });

    const many = await Promise.all(Array.from({ length: 1_200 }, () => accept('asg_flood')));
    await take(sampleRun({ assignmentId: 'asg_flood', createdAt: at(-500) }), many);
    expect(await store().inbox.forget(atMs(-400))).toBe(1_200);
    expect(await store().inbox.forget(atMs(-400))).toBe(0);
  });

  it('keeps what was asked before it closes, and refuses what is asked after', async () => {
    const closing = await another();
    const asked = Array.from({ length: 5 }, () => closing.inbox.accept('asg_closing', sampleEvent()));
    await closing.close();
    const accepted = await Promise.all(asked);
    expect(await pendingOf('asg_closing')).toEqual(accepted.map(({ inboxId }) => inboxId));
    await expect(closing.inbox.accept('asg_closing', sampleEvent())).rejects.toMatchObject({
      code: 'shutting_down',
    });
  });
}
