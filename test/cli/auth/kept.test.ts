import { expect, test } from 'vitest';
import { keep } from '../../../src/cli/auth/kept.ts';

function numbered(lifetime = 10) {
	const clock = { now: 0 };
	const releases: ((failure?: Error) => void)[] = [];
	const kept = keep(
		() =>
			new Promise<{ value: number; until: number }>((resolve, reject) => {
				const value = releases.length + 1;
				releases.push(failure => (failure ? reject(failure) : resolve({ value, until: clock.now + lifetime })));
			}),
		() => clock.now,
	);
	return { kept, clock, releases };
}

test('it is fetched once for all who ask, and again when it has run out', async () => {
	const { kept, clock, releases } = numbered();
	const both = Promise.all([kept.get(), kept.get()]);
	releases[0]?.();
	expect(await both).toEqual([1, 1]);
	clock.now = 9;
	expect(await kept.get()).toBe(1);
	clock.now = 10;
	const next = kept.get();
	releases[1]?.();
	expect([await next, releases.length]).toEqual([2, 2]);
});

test('a fetch that fails fails for all who wait, and is tried again for who comes later', async () => {
	const { kept, releases } = numbered();
	const both = Promise.allSettled([kept.get(), kept.get()]);
	releases[0]?.(new Error('no'));
	expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	const next = kept.get();
	releases[1]?.();
	expect(await next).toBe(2);
});

test('what was forgotten while it was under way is not kept', async () => {
	const { kept, releases } = numbered();
	expect(kept.forget()).toBe(false);
	const first = kept.get();
	expect(kept.forget()).toBe(true);
	const second = kept.get();
	releases[1]?.();
	releases[0]?.();
	expect([await first, await second, await kept.get()]).toEqual([1, 2, 2]);
});
