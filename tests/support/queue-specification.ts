import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src-main/contract/errors.ts';
import type { JobQueue, NewJob } from '../../src-main/jobs/queue.ts';

/** A queue, and the same one after whoever worked on it was killed and came back. */
export interface QueueUnderTest {
  readonly queue: JobQueue;
  reopened(): JobQueue | Promise<JobQueue>;
}

const coded = (code: ErrorCode) => expect.objectContaining({ code }) as Error;
const rejected = async (work: () => unknown) => expect((async () => work())());

const DRAW: NewJob = {
  kind: 'draw',
  title: 'Draw 100 trades',
  detail: 'small',
  plan: { seed: 7, sizes: [0.15, 4.5], exit: { kind: 'cross' } },
  room: null,
  after: null,
};
const TRAIN: NewJob = { ...DRAW, kind: 'train', title: 'Train V3', detail: 'V3', room: 'training' };

/** What every implementation of `JobQueue` keeps to. */
export function queueSpecification(
  name: string,
  make: () => QueueUnderTest | Promise<QueueUnderTest>,
): void {
  describe(name, () => {
    it('keeps a job that waits as it was put', async () => {
      const { queue } = await make();
      const id = await queue.put(DRAW);
      const waiting = { ...DRAW, id, state: 'waiting', progress: 0, ended: null };
      expect(await queue.find(id)).toMatchObject(waiting);
      expect(await queue.list()).toHaveLength(1);
      expect(await queue.find(id + 1)).toBeNull();
    });

    it('gives out the oldest first, each to one claimer alone', async () => {
      const { queue } = await make();
      const ids = [await queue.put(DRAW), await queue.put(DRAW), await queue.put(DRAW)];
      const claimed = await Promise.all([queue.claim(), queue.claim(), queue.claim()]);
      expect(claimed.map((job) => job?.id)).toEqual(ids);
      expect(claimed.map((job) => job?.state)).toEqual(['running', 'running', 'running']);
      expect(await queue.claim()).toBeNull();
    });

    it('gives out the one that is asked for, and no other in its place', async () => {
      const { queue } = await make();
      const first = await queue.put(DRAW);
      const second = await queue.put(DRAW);
      expect((await queue.claim(second))?.id).toBe(second);
      expect(await queue.claim(second)).toBeNull();
      expect((await queue.find(first))?.state).toBe('waiting');
    });

    it('lists the newest first', async () => {
      const { queue } = await make();
      const ids = [await queue.put(DRAW), await queue.put(TRAIN)];
      expect((await queue.list()).map(({ id }) => id)).toEqual(ids.toReversed());
    });

    it('ends a job once: it stays as it ended', async () => {
      const { queue } = await make();
      const id = await queue.put(DRAW);
      await queue.claim();
      await queue.progress(id, 0.3);
      await queue.finish(id);
      const done = await queue.find(id);
      expect(done).toMatchObject({ state: 'done', progress: 1, detail: 'small' });
      expect(done!.ended).not.toBeNull();
      await queue.fail(id, 'too late');
      await queue.finish(id, 'cancelled');
      await queue.progress(id, 0.5);
      expect(await queue.find(id)).toEqual(done);
    });

    it('says why a job failed, and how far one came that was cancelled', async () => {
      const { queue } = await make();
      const failed = await queue.put(DRAW);
      const stopped = await queue.put(DRAW);
      await queue.claim();
      await queue.claim();
      await queue.fail(failed, 'The disk is full. Make room.');
      await queue.progress(stopped, 0.4);
      await queue.finish(stopped, 'cancelled');
      expect(await queue.find(failed)).toMatchObject({
        state: 'failed',
        detail: 'The disk is full. Make room.',
      });
      expect(await queue.find(stopped)).toMatchObject({ state: 'cancelled', progress: 0.4 });
    });

    it('cancels one that waits at once; one that runs is ended by who runs it', async () => {
      const { queue } = await make();
      const runs = await queue.put(DRAW);
      const waits = await queue.put(DRAW);
      await queue.claim();
      await queue.cancel(waits);
      expect(await queue.find(waits)).toMatchObject({ state: 'cancelled' });
      expect(await queue.claim()).toBeNull();
      for (const id of [runs, waits, 1e6]) {
        await (await rejected(() => queue.cancel(id))).rejects.toEqual(coded('no-job'));
      }
      expect((await queue.find(runs))?.state).toBe('running');
    });

    describe('a job of a room', () => {
      it('waits while another one of it runs, and others pass it', async () => {
        const { queue } = await make();
        const first = await queue.put(TRAIN);
        const second = await queue.put(TRAIN);
        const draw = await queue.put(DRAW);
        expect((await queue.claim())?.id).toBe(first);
        expect((await queue.claim())?.id).toBe(draw);
        expect(await queue.claim()).toBeNull();
        expect(await queue.claim(second)).toBeNull();
        await queue.finish(first);
        expect((await queue.claim())?.id).toBe(second);
      });
    });

    describe('a job after another one', () => {
      it('begins when that is done', async () => {
        const { queue } = await make();
        const first = await queue.put(DRAW);
        const then = await queue.put({ ...TRAIN, after: first });
        expect((await queue.claim())?.id).toBe(first);
        expect(await queue.claim()).toBeNull();
        await queue.finish(first);
        expect((await queue.claim())?.id).toBe(then);
      });

      it('never begins where that failed: it fails and says so', async () => {
        const { queue } = await make();
        const first = await queue.put(DRAW);
        const then = await queue.put({ ...TRAIN, after: first });
        const last = await queue.put({ ...TRAIN, after: then });
        await queue.claim();
        await queue.fail(first, 'no room');
        expect(await queue.claim()).toBeNull();
        expect(await queue.find(then)).toMatchObject({
          state: 'failed',
          detail: expect.stringContaining('It was to follow "Draw 100 trades", which failed.'),
        });
        expect(await queue.claim()).toBeNull();
        expect((await queue.find(last))?.state).toBe('failed');
      });

      it('is cancelled with it', async () => {
        const { queue } = await make();
        const first = await queue.put(DRAW);
        const then = await queue.put({ ...TRAIN, after: first });
        await queue.claim();
        await queue.finish(first, 'cancelled');
        expect(await queue.claim()).toBeNull();
        expect((await queue.find(then))?.state).toBe('cancelled');
      });
    });

    describe('after whoever worked on it was killed', () => {
      it('has what waited waiting, and what ran interrupted, with its plan', async () => {
        const made = await make();
        const runs = await made.queue.put(DRAW);
        const waits = await made.queue.put({ ...TRAIN, after: runs });
        await made.queue.claim();
        await made.queue.progress(runs, 0.25);
        const queue = await made.reopened();
        expect(await queue.find(runs)).toMatchObject({
          ...DRAW,
          state: 'interrupted',
          progress: 0.25,
        });
        expect(await queue.find(waits)).toMatchObject({ ...TRAIN, after: runs, state: 'waiting' });
        // It waits until the one before it has gone on and is done.
        expect(await queue.claim()).toBeNull();
        await queue.resume(runs);
        expect((await queue.claim())?.id).toBe(runs);
        await queue.finish(runs);
        expect((await queue.claim())?.id).toBe(waits);
      });

      it('goes on with an interrupted job once, or forgets it', async () => {
        const made = await make();
        const resumed = await made.queue.put(DRAW);
        const dropped = await made.queue.put(DRAW);
        await made.queue.claim();
        await made.queue.claim();
        const queue = await made.reopened();
        await queue.resume(resumed);
        await queue.discard(dropped);
        expect((await queue.find(dropped))?.state).toBe('cancelled');
        for (const id of [resumed, dropped]) {
          await (await rejected(() => queue.resume(id))).rejects.toEqual(coded('no-job'));
          await (await rejected(() => queue.discard(id))).rejects.toEqual(coded('no-job'));
        }
        expect((await queue.claim())?.id).toBe(resumed);
        expect(await queue.claim()).toBeNull();
      });

      it('lets a room that a killed job held be used again', async () => {
        const made = await make();
        await made.queue.put(TRAIN);
        const next = await made.queue.put(TRAIN);
        await made.queue.claim();
        const queue = await made.reopened();
        expect((await queue.claim())?.id).toBe(next);
      });
    });
  });
}
