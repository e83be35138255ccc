import { expect, test } from 'vitest';
import { logs } from '../../../src/screens/logs/index.ts';
import type { LogsShown } from '../../../src/screens/logs/state.ts';
import { drawn, having, request } from './shown-logs.ts';

/** The keys of the footer as they are offered, the first to be used first. */
const offered = (shown: LogsShown): readonly string[] =>
	logs.keys
		.filter(({ idle }) => idle?.(shown) === undefined)
		.flatMap(({ keys: [key], label, labelNow, footerNow }) => {
			const at = footerNow?.(shown);
			return at === undefined ? [] : [{ at, text: `${key} ${labelNow?.(shown) ?? label}` }];
		})
		.sort((a, b) => a.at - b.at)
		.map(({ text }) => text);

const place = { service: 'pier' };

test('the lines offer what is used most first', async () => {
	const shown = await drawn({ place });
	expect(offered(shown).slice(0, 5)).toEqual(['enter request', 'e error', 'f keep value', 'tab fields', 'c context']);
	const narrowed = await drawn({ place: { ...place, filters: [{ test: { kind: 'text', text: 'berth' } }] } });
	expect(offered(narrowed).slice(0, 3)).toEqual(['enter request', 'e error', 'backspace widen']);
});

test('enter says where it leads', async () => {
	expect(offered(await drawn({ place: { request } }))[0]).toBe('enter trace');
	expect(offered(having(await drawn({ place }), 'e'))[0]).toBe('enter trace  ');
});

test('no trace is offered where no Tempo is configured, and whoever wants one is told', async () => {
	const [lines, itsRequest] = [await drawn({ place }), await drawn({ place: { request } })];
	expect(offered(lines)).toContain('T trace');
	const lacking = { ...lines, lacks: ['tempo'] } as const;
	const withoutId = { ...having(lines, 'e'), lacks: ['tempo'] } as const;
	const lackingInRequest = { ...itsRequest, lacks: ['tempo'] } as const;
	expect(offered(lacking)[0]).toBe('enter request');
	expect(offered(withoutId)[0]).toBe('enter request');
	expect(offered(lackingInRequest)[0]).toBe('e error');
	expect(offered(lacking)).not.toContain('T trace');
	expect(offered({ ...having(withoutId, 'f'), lacks: ['tempo'] })[0]).toBe('enter keep this value');
	const enter = logs.keys.find(({ keys }) => keys.includes('enter'));
	const why = 'No Tempo is configured, so there is no trace to go to. --tempo-url or --jaeger-url names one.';
	expect(enter?.idle?.(lackingInRequest)).toBe(why);
	expect(enter?.run(withoutId)).toEqual({ type: 'refuse', why: `This line names no request. ${why}` });
});

test('without colours the chosen field is marked before its name, below the lines and beside them', async () => {
	for (const width of [80, 160]) {
		const { frame } = having(await drawn({ place, size: { width, height: 20 } }), 'f');
		expect(frame).toMatch(/(?:^|│)▌route /m);
	}
});

test('what takes the keys offers its own and no others', async () => {
	const shown = await drawn({ place });
	expect(offered(having(shown, 'f'))).toEqual(['enter keep this value', 'F hide']);
	expect(offered(having(shown, 'V'))).toEqual(['h edge', 'enter fix the edge']);
	expect(offered(having(shown, 'V', 'enter'))).toEqual(['h edge', 'enter look there']);
	expect(offered(having(shown, 'tab')).map(text => text.split(' ')[0])).toEqual([
		'enter',
		'f',
		'F',
		'tab',
		'left',
		'y',
	]);
});
