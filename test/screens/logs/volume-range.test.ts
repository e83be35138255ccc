import { describe, expect, test } from 'vitest';
import { fixed, minute } from '../../../src/model/time.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { drawn, having, noon, pressed, story } from './shown-logs.ts';

const service = { service: 'pier' };
const presses = (key: string, times: number): readonly string[] => Array.from({ length: times }, () => key);

describe('a range of the volume', () => {
	test('begins at the cursor, and is told as it is chosen', async () => {
		const size = { width: 80, height: 14 };
		const shown = await drawn({ place: service, size });
		const begun = having(shown, 'V');
		expect(begun.frame.split('\n')[0]).toMatchInlineSnapshot(
			`"         ▄        █         ▄     ▄    5 lines  from 11:59:00  h l  enter"`,
		);
		const second = having(begun, 'h', 'h', 'enter', 'l', 'l', 'l', 'l');
		expect(second.frame.split('\n')[0]).toMatchInlineSnapshot(
			`"         ▄        █         ▄     ▄    5 lines  11:58:53 to 11:59:09  enter"`,
		);
	});

	test('enter fixes an edge, then the other, and turns the place to what lies between', async () => {
		const chosen = having(await drawn({ place: service }), 'V', 'enter', ...presses('right', 5));
		const outcome = pressed(chosen, 'enter');
		if (outcome.type !== 'turn' || outcome.to.window.kind !== 'fixed') throw new Error('no turn');
		const { from, to } = outcome.to.window;
		expect([from, to].map(at => at - noon).every(at => at >= -2 * minute && at <= 0)).toBe(true);
		// 38 columns show two minutes: six of them are 18.9 s.
		expect(to - from).toBeGreaterThan(18_000);
		expect(to - from).toBeLessThan(20_000);
		expect(from).toBeLessThanOrEqual(noon - 60_000);
		expect(to).toBeGreaterThan(noon - 60_000);
		expect(outcome.state?.choosing).toBeUndefined();
		expect(outcome.to).toMatchObject(service);
	});

	test('is the same whichever edge was fixed first', async () => {
		const shown = await drawn({ place: service });
		const rightward = pressed(having(shown, 'V', 'enter', 'l', 'l'), 'enter');
		const leftward = pressed(having(shown, 'V', 'l', 'l', 'enter', 'left', 'h'), 'enter');
		expect(leftward).toEqual(rightward);
	});

	test('stays within the window', async () => {
		const shown = await drawn({ place: service });
		const whole = having(shown, 'V', ...presses('h', 60), 'enter', ...presses('l', 80));
		expect(pressed(whole, 'enter')).toMatchObject({ to: { window: fixed(noon - 2 * minute, noon) } });
	});

	test('of a request is a part of its own time', async () => {
		const request = '7f3c2a10-1111-4222-8333-444455556666';
		const shown = having(await drawn({ place: { request } }), 'V', ...presses('h', 60), 'enter', 'l');
		const outcome = pressed(shown, 'enter');
		if (outcome.type !== 'turn' || outcome.to.window.kind !== 'fixed') throw new Error('no turn');
		expect(outcome.to.window.from).toBe(noon - 62_070);
		expect(outcome.to.window.to - outcome.to.window.from).toBeLessThan(200);
	});

	test('esc leaves it, and without it h and right refuse, and enter opens', async () => {
		const shown = await drawn({ place: service });
		const begun = having(shown, 'V');
		expect(logs.escape?.(begun)).toMatchObject({ type: 'stay' });
		expect(pressed(shown, 'h').type).toBe('refuse');
		expect(pressed(shown, 'right').type).toBe('refuse');
		expect(pressed(shown, 'enter').type).toBe('go');
		expect(pressed(await drawn({ place: service, entries: [] }), 'V').type).toBe('refuse');
	});
});

test('errors are told by service where several are on show', async () => {
	const several = await drawn({ place: { query: '{service_name=~".+"}' }, size: { width: 100, height: 14 } });
	expect(several.frame.split('\n').slice(0, 2)).toMatchInlineSnapshot(`
		[
		  "             ▄            ██            ▂▂       ▁▄     7 lines",
		  "                           █            ▂▂              ✗ 3 errors  pier 2  buoy 1",
		]
	`);
	const four = ['quay', 'buoy', 'lock', 'tide', 'quay'].map((service_name, index) =>
		lineAt(noon - 1000 * index, { service_name }, 'level=error msg=no'),
	);
	const most = await drawn({
		place: { query: '{service_name=~".+"}' },
		entries: [...story, ...four],
		size: { width: 100, height: 14 },
	});
	expect(most.frame.split('\n')[1]).toContain('8 errors  buoy 2  pier 2  quay 2  +2');
	expect((await drawn({ place: service })).frame.split('\n')[1]).not.toContain('pier');
});
