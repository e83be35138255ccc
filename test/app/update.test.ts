import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { formatAddress } from '../../src/analysis/address.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { footerLines, paintFooter } from '../../src/app/footer.ts';
import { globalBindings, globalHelpRows } from '../../src/app/global-keys.ts';
import { paintHeader } from '../../src/app/header.ts';
import { shownFrame, trailOf } from '../../src/app/history.ts';
import { formatKey } from '../../src/app/key-names.ts';
import { overlayLines, overlayOffset } from '../../src/app/overlay.ts';
import { queryLines } from '../../src/app/queries.ts';
import { screenAt } from '../../src/app/screens.ts';
import { shownOf } from '../../src/app/shown.ts';
import { findingsAt, type Message, type State, shownPlace, slotAt } from '../../src/app/state.ts';
import { update } from '../../src/app/update.ts';
import { wanted } from '../../src/app/wanted.ts';
import { noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { askedAgain, failedWith, idle, loaded } from '../../src/model/loadable.ts';
import { placeKey } from '../../src/model/place.ts';
import { hour, minute, second } from '../../src/model/time.ts';
import type { AlertsShown } from '../../src/screens/alerts/state.ts';
import { paintAlerts } from '../../src/screens/alerts/view.tsx';
import { logsHelpRows } from '../../src/screens/logs/help-rows.ts';
import { logs } from '../../src/screens/logs/index.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { frameOf } from '../helpers/frame.ts';
import { lineAt } from '../helpers/log-store.ts';
import { operate } from '../helpers/operator.tsx';
import { alertsOf, ask, beginAt, effectsOf, find, finish, hear, noon, placeAt, press, type } from './shell.ts';

vi.setConfig({ testTimeout: 30_000 });

const theme = createTheme('none', true);
const trail = (state: State): string =>
	trailOf(state.history)
		.map(({ place }) => formatAddress(place).replace(/ --(since|from|to).*/, ''))
		.join(' › ');
const windowOf = (state: State): string => formatAddress(shownPlace(state)).replace(/.*?(--)/, '$1');
const bottom = (state: State): string => {
	const lines = footerLines(state, theme);
	return frameOf(state.size.width, lines.length, surface => paintFooter(surface, lines, theme));
};
const keysIn = (state: State): string => bottom(state).split('\n').at(-1) ?? '';
const selectedIn = (state: State): string | undefined =>
	/^▌▲ crit (\w+)/m.exec(
		frameOf(80, 20, surface => paintAlerts(surface, { ...(shownOf(state) as unknown as AlertsShown), theme })),
	)?.[1];

describe('the window', () => {
	const live = beginAt('service till --since 1h');

	test.each([
		['<', '--from 2026-11-22T10:30:00.000Z --to 2026-11-22T11:30:00.000Z'],
		['< <', '--from 2026-11-22T10:00:00.000Z --to 2026-11-22T11:00:00.000Z'],
		['< >', '--since 1h'],
		['< < > 0', '--since 1h'],
		['_', '--since 3h'],
		['+', '--since 30m'],
		['+ + + + + + +', '--since 5m'],
		['+ < 0', '--since 1h'],
		['< _', '--since 3h'],
		['< < < < _', '--from 2026-11-22T08:00:00.000Z --to 2026-11-22T11:00:00.000Z'],
	])('after %s', (keys, expected) => {
		expect(windowOf(press(live, ...keys.split(' ')))).toBe(expected);
	});

	test.each([
		['>', 'The window ends now; there is nothing later.'],
		['0', 'This is the window you came with.'],
		['+ + + + +', 'The window goes no further.'],
	])('%s is refused in words', (keys, why) => {
		expect(press(live, ...keys.split(' ')).message).toEqual({ text: why, tone: 'refusal' });
	});

	test('is told when it is turned, and the message goes with the next key', () => {
		const turned = press(live, '<');
		expect(turned.message?.text).toBe('Window 10:30–11:30 UTC  fixed');
		expect(press(turned, 't').message?.text).not.toBe(turned.message?.text);
		expect(press(turned, 'f5').message).toBeUndefined();
	});

	test('is turned in place: the trail does not grow, and each window has findings of its own', () => {
		const turned = press(ask(live), '<');
		expect(trailOf(turned.history)).toHaveLength(1);
		expect(slotAt(turned, shownPlace(turned))).toBeUndefined();
	});
});

describe('pause', () => {
	test('holds a live window, and goes on', () => {
		const state = finish(ask(beginAt()));
		const later = hear(press(state, ' '), { type: 'ticked', now: noon + hour });
		expect(wanted(later)).toEqual([]);
		expect(wanted(press(later, ' '))).toHaveLength(1);
	});

	test('is refused where nothing moves', () => {
		expect(press(beginAt('service till'), '<', ' ').message?.text).toBe(
			'The window is fixed, so nothing is updated. R asks again.',
		);
	});
});

describe('the way up', () => {
	const walked = press(type(press(beginAt(), ':'), 'service till'), 'enter');

	test.each(['escape', 'q'])('%s goes one step up', key => {
		expect(trail(walked)).toBe('alerts › service till');
		expect(trail(press(walked, key))).toBe('alerts');
	});

	test('q quits at the root, ^C anywhere', () => {
		expect(effectsOf(beginAt(), 'q')).toEqual([{ type: 'quit' }]);
		expect(effectsOf(walked, 'q')).toEqual([]);
		for (const state of [walked, press(walked, '?'), press(walked, ':'), press(beginAt(), '/')]) {
			expect(effectsOf(state, 'ctrl+c')).toEqual([{ type: 'quit' }]);
		}
	});

	test('what the logs have cost is told above the keys, the last question and all of them', () => {
		const at = ask(beginAt('logs --service ledger'));
		const record = {
			backend: 'loki',
			method: 'GET',
			url: 'http://x/',
			parameters: [],
			bytes: 9,
			outcome: 200,
		} as const;
		const told = (state: State) =>
			footerLines(state, createTheme('none', true))[0]
				?.segments.map(({ text }) => text)
				.join('');
		expect(told(at)).toBe('');
		const slot = placeKey(placeAt('logs --service ledger'));
		const read = hear(
			at,
			{ type: 'recorded', slot, query: { ...record, took: 40, read: 41_000_000 } },
			{ type: 'recorded', slot, query: { ...record, took: 1200, read: 1_100_000 } },
			{ type: 'recorded', slot, query: { ...record, took: 7 } },
			{ type: 'recorded', slot, query: { ...record, took: 9, read: 0 } },
		);
		expect(told(read)?.trim()).toBe('Loki read 1.1 MB in 1.2 s, 42.1 MB in all');
		const nothing = hear(at, { type: 'recorded', slot, query: { ...record, took: 9, read: 0 } });
		expect(told(nothing)?.trim()).toBe('Loki read 0 B in 9 ms, 0 B in all');
	});

	const noLines = { records: [], unread: {}, hidden: { lower: 0, unknown: 0, other: 0 } };
	const noVolume = { grid: { from: noon, to: noon, step: minute }, series: [], levels: 'lines' };

	test.each([
		['records', noLines],
		['volume', noVolume],
	])('what the %s on show are old for is told whole', (name, value) => {
		const failure = {
			kind: 'refused',
			backend: 'loki',
			what: 'Loki at logs.example:3100 refused the connection.',
			next: 'Check its URL.',
		} as const;
		const at = ask(beginAt('logs --service ledger'));
		const found = { ...noLogsFindings, [name]: failedWith(loaded(answer<unknown>(value), noon), failure, noon) };
		const slot = placeKey(shownPlace(at));
		const told = bottom(hear(at, { type: 'found', slot, findings: found, now: noon }));
		expect(told.split('\n')[0]?.trim()).toBe(failure.what);
		const nothing = { ...noLogsFindings, [name]: failedWith(idle, failure, noon) };
		expect(bottom(hear(at, { type: 'found', slot, findings: nothing, now: noon }))).not.toContain(failure.what);
	});

	describe('while the older part of a long window is being read', () => {
		const record = recordOf(lineAt(noon - minute, { service_name: 'ledger' }, 'posted'));
		const page = { records: [record], unread: { older: record.entry.at }, hidden: { lower: 0, unknown: 0, other: 0 } };
		const findings: LogsFindings = { ...noLogsFindings, records: askedAgain(loaded(answer(page), noon), noon) };
		const at = ask(beginAt('logs --service ledger --since 24h'));
		const slot = placeKey(shownPlace(at));
		const reading = hear(at, { type: 'found', slot, findings, now: noon });
		const later = hear(reading, { type: 'ticked', now: noon + 3000 });

		test.each(['escape', 'space'])('%s stops it, and what is there stays', key => {
			expect(wanted(later).map(({ kind }) => kind)).toEqual(['place']);
			const stopped = press(later, key);
			expect(stopped.message?.text).toBe('Stopped reading. m reads on, R asks again.');
			expect(stopped.paused).toBe(false);
			expect(wanted(stopped)).toEqual([]);
			expect(findingsAt(stopped, shownPlace(stopped)).records).toMatchObject({
				status: 'failed',
				failure: { kind: 'cancelled' },
				last: { value: page },
			});
			expect(wanted(press(stopped, 'R'))).toHaveLength(1);
			expect(press(stopped, 'space').message?.text).toBe('This is asked once, so nothing is updated. R asks again.');
		});

		test('its end reads on by m, and by nothing else; what is there can be searched', () => {
			const stopped = press(later, 'escape', 'k', 'G');
			expect(wanted(stopped)).toEqual([]);
			expect(wanted(press(stopped, 'm'))).toMatchObject([{ kind: 'aside', aside: { kind: 'older' } }]);
			const searched = press(type(press(stopped, '/'), 'posted'), 'enter');
			expect(wanted(searched)).toMatchObject([{ kind: 'aside', aside: { kind: 'search' } }]);
		});

		test('a page that is read for long is stopped as well, and told since when', () => {
			const on = press(press(later, 'escape'), 'm');
			const key = wanted(on).map(want => (want.kind === 'aside' ? want.aside.key : ''))[0] ?? '';
			const asked = hear(on, { type: 'asideAsked', slot, aside: key, now: noon + 3000 });
			expect(shownOf(asked).asking).toEqual(new Map([[key, noon + 3000]]));
			expect(keysIn(asked)).toMatch(/^esc stop {2}/);
			const again = press(asked, 'escape');
			expect(again.message?.text).toBe('Stopped reading. m reads on.');
			expect(wanted(again)).toEqual([]);
			const answered = hear(asked, { type: 'asideAnswered', slot, aside: key, now: noon + 4000 });
			expect(shownOf(answered).asking).toEqual(new Map());
		});

		test('the next esc leads up the trail', () => {
			const walked = press(type(press(ask(beginAt()), ':'), 'logs --service ledger --since 24h'), 'enter');
			const lines = shownPlace(walked);
			const under = hear(ask(walked), { type: 'found', slot: placeKey(lines), findings, now: noon });
			expect(keysIn(hear(under, { type: 'ticked', now: noon + 1000 }))).not.toContain('stop');
			expect(shownPlace(press(under, 'escape')).kind).toBe('alerts');
			const long = hear(under, { type: 'ticked', now: noon + 3000 });
			expect(keysIn(long)).toMatch(/^esc stop {2}/);
			const stopped = press(long, 'escape');
			expect(shownPlace(stopped).kind).toBe('logs');
			expect(keysIn(stopped)).toContain('m read on  ');
			const up = press(stopped, 'escape');
			expect(shownPlace(up).kind).toBe('alerts');
			expect(up.message).toBeUndefined();
		});
	});

	test('esc at the root stops what is asked, and panes say so until R', () => {
		const waiting = find(ask(beginAt()), { ...noAlertsFindings, alerts: { status: 'waiting', since: noon } });
		expect(wanted(waiting)).toHaveLength(1);
		const stopped = press(waiting, 'escape');
		expect(stopped.message?.text).toBe('Stopped asking. R asks again.');
		expect(wanted(hear(stopped, { type: 'ticked', now: noon + hour }))).toEqual([]);
		expect(findingsAt(stopped, shownPlace(stopped))).toMatchObject({
			alerts: { status: 'failed', failure: { what: 'You stopped the question.' } },
			rules: idle,
		});
		expect(wanted(press(stopped, 'R'))).toMatchObject([{ again: true }]);
		expect(press(stopped, 'escape').message?.text).toBe('This is the root of the trail. q quits.');
	});

	test('esc in the help or a prompt only closes these', () => {
		expect(trail(press(walked, '?', 'escape'))).toBe(trail(walked));
		expect(trail(press(walked, ':', 'escape'))).toBe(trail(walked));
	});
});

describe('R', () => {
	test('asks again while something is still being asked', () => {
		const asked = ask(beginAt());
		expect(wanted(asked)).toMatchObject([{ again: false }]);
		expect(wanted(press(asked, 'R'))).toMatchObject([{ again: true }]);
		expect(wanted(ask(press(asked, 'R')))).toMatchObject([{ again: false }]);
	});

	test('keeps what was found', () => {
		const found = finish(find(ask(beginAt()), alertsOf('Leak')));
		expect(findingsAt(ask(press(found, 'R')), shownPlace(found))).toEqual(alertsOf('Leak'));
	});
});

describe('the history', () => {
	const deep = press(type(press(press(type(press(beginAt(), ':'), 'service till'), 'enter'), ':'), 'logs'), 'enter');

	test.each([
		['[', 'alerts › service till'],
		['[ [', 'alerts'],
		['[ [ ]', 'alerts › service till'],
		['[ [ ] ]', 'alerts › service till › logs'],
		['-', 'alerts › service till'],
		['- 1 -', 'alerts › service till'],
		['1', 'alerts'],
		['2', 'alerts › service till'],
		['1 3', 'alerts › service till › logs'],
		['5', 'traces'],
		['5 escape', 'traces'],
		['5 -', 'alerts › service till › logs'],
	])('after %s', (keys, expected) => expect(trail(press(deep, ...keys.split(' ')))).toBe(expected));

	test.each([
		[']', 'There is nothing further forward.'],
		['4', 'You have not looked at a trace yet. Open one with enter, or type :trace and its ID.'],
	])('%s is refused in words', (key, why) => expect(press(deep, key).message?.text).toBe(why));

	test.each([
		['[', 'There is nothing further back.'],
		['-', 'No other place was looked at yet.'],
		['2', 'You have not looked at a service yet. Open one with enter, or type :service and its name.'],
		['3', 'You have not looked at any logs yet. Open some with enter, or type :logs and a selector.'],
	])('%s is refused at the beginning', (key, why) => expect(press(beginAt(), key).message?.text).toBe(why));
});

describe('the command line', () => {
	test.each([
		['service till --since 30m', 'alerts › service till'],
		['logs --service till', 'alerts › logs --service till'],
		['trace 0af7651916cd43dd8448eb211c80319c', 'alerts › trace 0af7651916cd43dd8448eb211c80319c'],
		['alerts pool', 'alerts pool'],
		['', 'alerts'],
		['  ', 'alerts'],
	])('%j leads to %s', (line, expected) => {
		const gone = press(type(press(beginAt(), ':'), line), 'enter');
		expect(gone.prompt).toBeUndefined();
		expect(trail(gone)).toBe(expected);
	});

	test.each([
		[
			'foo',
			'There is no place called foo. Places are alerts, service, logs, trace, traces, compare, silences, cardinality, report.',
		],
		['service', /^.*service.*$/],
		['trace zz', /^zz is not a trace ID\./],
		['logs "open', 'A quote is not closed. Close it with the same \' or " it began with.'],
		['report Leak', 'A report is printed: run smokejumper report Leak in a shell.'],
	])('%j stays, and says why', (line, problem) => {
		const stayed = press(type(press(beginAt(), ':'), line), 'enter');
		expect(stayed.prompt?.text).toBe(line);
		expect(stayed.prompt?.problem).toMatch(problem);
		expect(press(stayed, 'x').prompt?.problem).toBeUndefined();
	});

	test.each([
		['ser', 'service '],
		['tra', 'trace'],
		['logs --le', 'logs --level '],
		['service till --sin', 'service till --since '],
		['xyz', 'xyz'],
	])('tab after %j', (typed, completed) => {
		const { prompt } = press(type(press(beginAt(), ':'), typed), 'tab');
		expect(prompt).toMatchObject({ text: completed, cursor: completed.length });
	});

	test('tab shows what could follow', () => {
		expect(press(type(press(beginAt(), ':'), 'tra'), 'tab').prompt?.problem).toBe('trace  traces');
	});

	test('takes a paste as one line, and edits in the middle', () => {
		const pasted = hear(press(beginAt(), ':'), { type: 'pasted', text: 'service\ntill' });
		expect(pasted.prompt?.text).toBe('service till');
		expect(press(pasted, 'home', 'delete', 'S').prompt).toMatchObject({ text: 'Service till', cursor: 1 });
		const nowhere = hear(beginAt(), { type: 'pasted', text: 'rm -rf' });
		expect(nowhere).toEqual(beginAt());
	});

	test.each([
		['q', [{ type: 'quit' }]],
		['quit', [{ type: 'quit' }]],
		['help', []],
	])(':%s', (word, effects) => {
		const line = type(press(beginAt(), ':'), word);
		expect(effectsOf(line, 'enter')).toEqual(effects);
		expect(press(line, 'enter').overlay?.kind).toBe(word === 'help' ? 'help' : undefined);
	});
});

describe('the filter', () => {
	const listed = finish(find(ask(beginAt()), alertsOf('Leak', 'Flood', 'Drought')));
	const headline = (state: State): string => screenAt(shownPlace(state)).headline(shownOf(state));

	test('works as it is typed, stays with enter, goes with esc', () => {
		const typed = type(press(listed, '/'), 'flo');
		expect(headline(typed)).toBe('filtered: 1 firing  matching flo');
		expect(headline(press(typed, 'enter'))).toBe('filtered: 1 firing  matching flo');
		expect(headline(press(typed, 'escape'))).toBe('3 firing');
		expect(headline(press(typed, 'enter', '/', 'w', 'escape'))).toBe('filtered: 1 firing  matching flo');
	});

	test('gives the cursor back when it is given up', () => {
		const moved = press(listed, 'j', 'j');
		expect(selectedIn(moved)).toBe('Drought');
		const filtered = finish(type(press(moved, '/'), 'leak'));
		expect(selectedIn(filtered)).toBe('Leak');
		expect(selectedIn(press(filtered, 'escape'))).toBe('Drought');
	});
});

describe('the cursor on an alert', () => {
	const first = finish(find(ask(beginAt()), alertsOf('Leak', 'Flood')));

	test('stays on it when a worse one comes in above, also before any key', () => {
		expect(selectedIn(find(first, alertsOf('Fire', 'Leak', 'Flood')))).toBe('Leak');
		expect(selectedIn(find(press(first, 'j'), alertsOf('Flood', 'Fire', 'Leak')))).toBe('Flood');
	});

	test('stays in its row when the alert is gone', () => {
		const moved = press(first, 'j');
		expect(selectedIn(find(moved, alertsOf('Leak', 'Storm')))).toBe('Storm');
		expect(selectedIn(find(moved, alertsOf('Leak')))).toBe('Leak');
	});

	test('is the row that esc comes back to', () => {
		const early = find(ask(beginAt()), alertsOf('Leak', 'Flood'));
		const gone = press(early, 'enter');
		expect(trail(gone)).toMatch(/service leak/);
		const back = find(press(gone, 'escape'), alertsOf('Fire', 'Leak'));
		expect(selectedIn(back)).toBe('Leak');
	});
});

test('what is typed into a line of the screen makes it ask beside', () => {
	const hidden = { lower: 0, unknown: 0, other: 0 };
	const page = loaded(answer({ records: [], unread: {}, hidden }), noon);
	const asked = ask(beginAt('logs {app="x"}'));
	const found: LogsFindings = { ...noLogsFindings, records: page };
	const at = finish(hear(asked, { type: 'found', slot: placeKey(shownPlace(asked)), findings: found, now: noon }));
	const typing = type(press(at, 'Q'), ' {zone="');
	const keys = (state: State) => wanted(state).flatMap(want => (want.kind === 'aside' ? [want.aside.key] : []));
	expect(keys(press(at, 'Q'))).toEqual(['labels']);
	expect(keys(typing)).toEqual(['labels', 'values zone']);
});

describe('what lies over the screen', () => {
	test('scrolls no further than its lines', () => {
		const far = press(beginAt(), '?', ...Array(20).fill('pagedown'));
		const last = far.overlay?.scroll ?? 0;
		expect(last).toBeGreaterThan(0);
		expect(press(far, 'k').overlay?.scroll).toBe(last - 1);
		expect(press(far, 'g').overlay?.scroll).toBe(0);
		expect(press(far, 'g', 'k').overlay?.scroll).toBe(0);
		expect(press(beginAt(), '?', 'G').overlay?.scroll).toBe(last);
	});

	test('is closed by what opened it, and swallows the rest', () => {
		for (const key of ['?', '!', 'escape', 'q', 'enter']) expect(press(beginAt(), '?', key).overlay).toBeUndefined();
		expect(press(beginAt(), '?', '2').message).toBeUndefined();
	});

	test('holds the evidence still while it is read', () => {
		const reading = hear(press(finish(ask(beginAt())), '!'), { type: 'ticked', now: noon + hour });
		expect(wanted(reading)).toEqual([]);
		expect(wanted(press(reading, '!'))).toHaveLength(1);
	});

	test('says that not all is answered yet', () => {
		const waiting = hear(press(ask(beginAt()), '!'), { type: 'ticked', now: noon + 3 * second });
		const titleOf = (state: State) =>
			overlayLines(state, { kind: 'queries', scroll: 0 })[0]
				?.map(({ text }) => text)
				.join('');
		expect(titleOf(waiting)).toBe('0 questions, 0 B answered  still asking, for 3 s');
		expect(titleOf(finish(waiting))).toBe('0 questions, 0 B answered');
	});

	test('shows the question that hangs, and since when, with the command to try it by hand', () => {
		const state = ask(beginAt());
		const slot = placeKey(shownPlace(state));
		const query = {
			backend: 'prometheus',
			method: 'GET',
			url: 'http://prometheus.example:9090/api/v1/rules?type=alert',
			parameters: [],
			since: noon,
		} as const;
		const linesOf = (of: State) =>
			overlayLines(of, { kind: 'queries', scroll: 0 }).map(line => line.map(({ text }) => text).join(''));
		const hanging = hear(state, { type: 'began', slot, query }, { type: 'ticked', now: noon + 12 * second });
		expect(linesOf(hanging)).toEqual([
			'0 questions, 0 B answered  still asking, for 12 s',
			'',
			'prometheus under way for 12 s',
			"  curl -s 'http://prometheus.example:9090/api/v1/rules?type=alert'",
		]);
		expect(linesOf(hear(hanging, { type: 'over', slot, query }))).toHaveLength(1);
		expect(linesOf(finish(hanging))).toHaveLength(1);
		expect(linesOf(press(hanging, 'escape'))).toHaveLength(1);
	});

	test.each([
		['logs', 'Close what was begun here, one after the other: the range, the'],
		['alerts', 'Go up the trail, to the row that was left.'],
	])('says in the help of %s what esc does there', (address, told) => {
		const lines = overlayLines(beginAt(address), { kind: 'help', scroll: 0 }).map(line => line.map(({ text }) => text));
		expect(lines.find(([keys]) => keys?.trim() === 'esc')?.[1]).toBe(told);
	});

	test('tells every key of the logs on three pages of 80 by 24', () => {
		const state = press(beginAt('logs --service till'), '?');
		const lines = overlayLines(state, { kind: 'help', scroll: 0 }).map(line => line.map(({ text }) => text).join(''));
		expect(press(state, 'pagedown', 'pagedown').overlay?.scroll).toBe(press(state, 'G').overlay?.scroll);
		for (const { keys } of [...logs.keys, ...globalBindings]) {
			for (const key of keys) expect(lines.some(line => line.split(/[\s;.]+/).includes(formatKey(key)))).toBe(true);
		}
	});

	test('has rows of several keys only for keys that there are', () => {
		const bound = (bindings: readonly { readonly keys: readonly string[] }[]) => bindings.map(({ keys }) => keys[0]);
		for (const { keys } of logsHelpRows) expect(bound(logs.keys)).toEqual(expect.arrayContaining([...keys]));
		for (const { keys } of globalHelpRows) expect(bound(globalBindings)).toEqual(expect.arrayContaining([...keys]));
	});

	test('has help lines that fit their columns', () => {
		for (const width of [60, 80]) {
			const state = press(beginAt('service till', { width, height: 24 }), '?');
			for (const line of overlayLines(state, { kind: 'help', scroll: 0 })) {
				expect(line.map(({ text }) => text).join('').length).toBeLessThanOrEqual(width);
			}
		}
	});
});

describe('the footer', () => {
	test.each([
		['alerts', 'enter panels  l logs  r runbook  d details  / filter  q quit  : go to  ? help'],
		['service till', 'enter logs  tab resources  h l cursor  x exemplar  f one route  q quit  ? help'],
	])('of %s tells what its keys do', (address, keys) => {
		expect(bottom(beginAt(address)).split('\n').at(-1)?.trimEnd()).toBe(keys);
	});

	test('gives a long message the rows it needs, and the last to the keys', () => {
		const message =
			'Neither the expression, the labels nor the annotations of Leak name a service. Press c to name it. '.repeat(5);
		const lines = bottom(hear(beginAt(), { type: 'told', text: message, tone: 'refusal' })).split('\n');
		expect(lines).toHaveLength(4);
		expect(lines.at(-1)).toMatch(/^enter panels/);
	});

	test('shows the end of a line that is longer than the room', () => {
		const typed = type(press(beginAt('alerts', { width: 60, height: 15 }), ':'), `logs ${'x'.repeat(80)}y`);
		expect(bottom(typed).split('\n').at(-1)).toMatch(/^:x+y$/);
		expect(bottom(press(typed, 'home')).split('\n').at(-1)).toMatch(/^:logs x+$/);
	});
});

test('other messages', () => {
	expect(hear(beginAt(), { type: 'focused', focused: false }).focused).toBe(false);
	expect(press(beginAt(), 't').timeFormat).toBe('local');
	expect(press(beginAt(), 't', 't', 't').timeFormat).toBe('utc');
	expect(effectsOf(beginAt(), 'ctrl+l')).toEqual([{ type: 'repaint' }]);
	expect(effectsOf(beginAt('service till --since 30m'), 'Y')).toEqual([
		{ type: 'copy', text: 'smokejumper service till --since 30m', what: 'the address' },
	]);
});

describe.each([
	['traces --service till', '{ name = "pay" } | fold(name)', 'Tempo'],
	['logs {app="till"}', '{app="till"} | approximately 5', 'Loki'],
])('a query of %s that the grammar does not know', (address, query, server) => {
	const retyped = (at: string) => type(press(beginAt(at), 'Q', 'ctrl+u'), query);

	test('is doubted, and asked when it is entered again', () => {
		const once = press(retyped(address), 'enter');
		expect(once.prompt?.problem).toContain(`Enter again asks ${server} all the same`);
		expect(shownPlace(once)).toEqual(placeAt(address));
		const twice = press(once, 'enter');
		expect(twice.prompt).toBeUndefined();
		expect(shownPlace(twice)).toMatchObject({ query });
	});

	test('is doubted anew when it was changed', () => {
		const changed = press(type(press(retyped(address), 'enter'), ' |'), 'enter');
		expect(changed.prompt?.problem).toContain('Enter again');
		expect(shownPlace(changed)).toEqual(placeAt(address));
	});
});

describe('a name under which nothing was saved', () => {
	const unsaved = { type: 'unsaved', path: '~/a.csv', why: 'It exists.', exists: true } as const;

	test('is there to be changed, among the lines that were to be saved', () => {
		const { prompt } = hear(beginAt('logs --service till'), unsaved);
		expect(prompt).toMatchObject({
			name: 'save',
			text: '~/a.csv',
			cursor: 7,
			problem: 'It exists.',
			agreed: '~/a.csv',
		});
	});

	test('is only told elsewhere, and where something else has been begun', () => {
		const elsewhere = [
			beginAt(),
			press(beginAt('logs --service till'), ':'),
			press(beginAt('logs --service till'), '?'),
		];
		for (const state of elsewhere) {
			const { prompt, message } = hear(state, unsaved);
			expect(prompt).toEqual(state.prompt);
			expect(message?.text).toBe('It exists.');
		}
	});
});

test('queries stay masked where secrets are shown: a filter may ask for one', () => {
	const at = ask(beginAt('logs --service ledger'));
	const slot = placeKey(placeAt('logs --service ledger'));
	const query = '{app="ledger"} | password="hunter2"';
	const url = 'http://x/loki?token=hunter2';
	const parameters = [['query', query]] as const;
	const asked = { backend: 'loki', method: 'GET', url, parameters, query, bytes: 9, took: 1, outcome: 200 } as const;
	const open = { backend: 'loki', method: 'GET', url, parameters, query, since: 0 } as const;
	const shown = hear(
		{ ...at, secretsShown: true },
		{ type: 'recorded', slot, query: asked },
		{ type: 'began', slot, query: open },
	);
	const text = queryLines(shown)
		.flat()
		.map(each => each.text)
		.join(' ');
	expect(text).toContain('| password=');
	expect(text).not.toContain('hunter2');
});

describe('copying', () => {
	const copying = { type: 'copy', text: 'smokejumper alerts --since 1h', what: 'the address' };

	test('the same key once more lays the text open, and a third time copies it again', () => {
		const once = press(beginAt(), 'Y');
		expect(effectsOf(once, 'Y')).toEqual([{ ...copying, plain: true }]);
		expect(effectsOf(press(once, 'Y'), 'Y')).toEqual([copying]);
	});

	test('after another key it copies anew', () => {
		expect(effectsOf(press(beginAt(), 'Y', 't'), 'Y')).toEqual([copying]);
	});
});

test('a key that is not of this screen is refused, one without a character is let be', () => {
	expect(press(beginAt('service till'), 'n').message).toEqual({
		text: 'n does nothing here. ? shows the keys that do.',
		tone: 'refusal',
	});
	expect(press(beginAt('service till'), 'f5').message).toBeUndefined();
});

test('news of a place that is forgotten changes nothing', () => {
	const state = beginAt();
	expect(update(state, { type: 'answered', slot: 'nowhere', now: noon }).state).toBe(state);
	expect(update(state, { type: 'found', slot: 'nowhere', findings: {}, now: noon }).state).toBe(state);
});

test('answers of the places looked at last are kept, and not without end', () => {
	const walked = Array.from({ length: 60 }, (_, index) => `service s${index}`).reduce(
		(state, address) => ask(press(type(press(state, ':'), address), 'enter')),
		ask(beginAt()),
	);
	expect(walked.slots.size).toBe(40);
	expect(slotAt(walked, placeAt('service s59'))).toBeDefined();
	expect(slotAt(walked, placeAt('service s10'))).toBeUndefined();
});

test('of many lines those of the places looked at last are kept, and always those on show', () => {
	const page = (count: number): LogsFindings => {
		const record = recordOf(lineAt(noon, { service_name: 'till' }, 'level=info msg=sold'));
		const read = {
			records: Array.from({ length: count }, () => record),
			unread: {},
			hidden: { lower: 0, unknown: 0, other: 0 },
		};
		return { ...noLogsFindings, records: loaded(answer(read), noon) };
	};
	const goTo = (state: State, address: string, count: number): State => {
		const there = ask(press(type(press(state, ':'), address), 'enter'));
		return hear(there, { type: 'found', slot: placeKey(shownPlace(there)), findings: page(count), now: noon });
	};
	const kept = (state: State) =>
		[...state.slots.values()].map(({ place }) => (place.kind === 'logs' ? place.service : place.kind));
	const two = goTo(goTo(ask(beginAt()), 'logs --service till', 100_000), 'logs --service herald', 100_000);
	expect(kept(two)).toEqual(['alerts', 'till', 'herald']);
	const three = goTo(two, 'logs --service berths', 1);
	expect(kept(three)).toEqual(['alerts', 'herald', 'berths']);
	expect(kept(goTo(three, 'logs --service fares', 300_000))).toEqual(['alerts', 'fares']);
});

describe('any keys and messages', () => {
	const addresses = [
		['alerts', '> 5 %'],
		['service concierge', 'p99'],
		['service nonsuch', 'Services with request metrics'],
		['logs --service concierge --since 5m', 'request done'],
		['traces --service concierge', 'POST /bookings'],
	] as const;

	const keys = [
		...globalBindings.flatMap(binding => binding.keys),
		...(['alerts', 'service', 'logs', 'trace', 'traces'] as const).flatMap(kind =>
			screenAt(
				placeAt(kind === 'service' ? 'service a' : kind === 'trace' ? 'trace 1234567890abcdef' : kind),
			).keys.flatMap(binding => binding.keys),
		),
		...['backspace', 'left', 'tab', 'enter', 'escape', 'x', '-', ' ', '"', 'service till', 'logs'],
	];
	const message = fc.oneof(
		{ weight: 12, arbitrary: fc.constantFrom(...keys).map((key): Message => ({ type: 'pressed', key, text: key })) },
		fc.nat(3 * minute).map((later): Message => ({ type: 'ticked', now: demoNow + later })),
		fc
			.record({ width: fc.integer({ min: 1, max: 220 }), height: fc.integer({ min: 1, max: 70 }) })
			.map((size): Message => ({ type: 'resized', size })),
		fc.string({ unit: 'grapheme' }).map((text): Message => ({ type: 'pasted', text })),
		fc.boolean().map((focused): Message => ({ type: 'focused', focused })),
	);

	test.each(addresses)(
		'at %s leave a place on show that can be painted, and a cursor in its line',
		async (at, text) => {
			const operator = operate({ ...demoWorld(), at });
			await operator.sees(text);
			const start = operator.store.getState();
			operator.store.close();
			fc.assert(
				fc.property(fc.array(message, { maxLength: 60 }), messages => {
					const end = messages.reduce((state, each) => {
						const next = update(state, each).state;
						expect(shownFrame(next.history)).toBeDefined();
						return next;
					}, start);
					const { prompt, overlay, size } = end;
					if (prompt !== undefined) {
						expect(prompt.cursor).toBeGreaterThanOrEqual(0);
						expect(prompt.cursor).toBeLessThanOrEqual(prompt.text.length);
					}
					if (overlay !== undefined) expect(overlayOffset(end, overlay)).toBeGreaterThanOrEqual(0);
					expect(wanted(end).length).toBeLessThanOrEqual(1);
					frameOf(size.width, 2, surface => paintHeader(surface, end, theme));
					bottom(end);
				}),
				{ numRuns: 60 },
			);
		},
	);
});
