import { describe, expect, test } from 'vitest';
import { footerLines } from '../../src/app/footer.ts';
import { curlOf } from '../../src/app/queries.ts';
import type { Kept, State } from '../../src/app/state.ts';
import { update } from '../../src/app/update.ts';
import { wanted } from '../../src/app/wanted.ts';
import type { AlertsFindings } from '../../src/investigation/alerts-findings.ts';
import type { Change, Changed } from '../../src/investigation/silencing.ts';
import { answer } from '../../src/model/answer.ts';
import { equals } from '../../src/model/labels.ts';
import { loaded } from '../../src/model/loadable.ts';
import { minute, second } from '../../src/model/time.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { managedOf } from '../helpers/alert-drawing.ts';
import { alertsOf, ask, beginAt, effectsOf, find, finish, hear, noon, press, type } from './shell.ts';

const managed = managedOf('Leak', { service: 'leak' });

const findings = (): AlertsFindings => {
	const found = alertsOf('Leak', 'Flood');
	const [leak, flood] = found.alerts.status === 'loaded' ? found.alerts.value : [];
	if (leak === undefined || flood === undefined) throw new Error('There are two alerts.');
	return {
		...found,
		alerts: loaded(answer([{ ...leak, fingerprint: managed.fingerprint }, flood]), noon),
		alertmanager: loaded(answer([managed]), noon),
	};
};

/** Two alerts, of which Alertmanager knows the first. */
const listed = (readOnly = false): State => {
	const state = beginAt();
	const writable = { ...state, banner: { ...state.banner, readOnly } };
	return finish(find(ask(writable), findings()));
};

const bottom = (state: State): string =>
	footerLines(state, createTheme('none', true))
		.map(({ segments }) => segments.map(({ text }) => text).join(''))
		.join('\n');

const leakSilenced = { kind: 'acknowledge', about: 'Leak', matchers: [equals('alertname', 'Leak')] } as const;
const made: Changed = { kind: 'made', id: 'ab12', until: noon + 15 * minute };
const changedBy = (state: State, change: Change, changed: Changed, now = noon): State =>
	hear(state, { type: 'changed', change, changed, now });

describe('a dialog', () => {
	test('takes every key but ^C, and leaves with esc', () => {
		const open = press(listed(), 'S');
		expect(open.dialog).toMatchObject({ kind: 'silence', about: 'Leak', focus: 'leave' });
		expect(press(open, 'q', '!', '?', ':', '1').dialog).toMatchObject({ comment: { text: 'q!?:1' } });
		expect(press(open, 'escape').dialog).toBeUndefined();
		expect(effectsOf(open, 'ctrl+c')).toEqual([{ type: 'quit' }]);
	});

	test('takes what is pasted', () => {
		const open = hear(press(listed(), 'S'), { type: 'pasted', text: 'crane\nis mended' });
		expect(open.dialog).toMatchObject({ focus: 'comment', comment: { text: 'crane is mended' } });
	});

	test('takes no key while it is too small to be seen', () => {
		const open = hear(press(listed(), 'S'), { type: 'resized', size: { width: 40, height: 10 } });
		expect(press(open, 'tab', 'enter')).toEqual(open);
	});

	test('says its keys in place of those of the screen', () => {
		expect(bottom(press(listed(), 'S'))).toBe('\ntype the reason  tab next  enter leave  ');
		expect(bottom(press(listed(), 'a'))).toBe('\ntab other answer  enter answer  esc leave  ');
	});

	test('is not opened where nothing may be changed', () => {
		for (const key of ['S', 'a']) {
			const state = press(listed(true), key);
			expect(state.dialog).toBeUndefined();
			expect(state.message).toEqual({
				text: 'test is read-only: nothing is silenced through it. A profile with "readOnly": false may.',
				tone: 'refusal',
			});
		}
		expect(bottom(listed(true))).not.toContain('silence');
		expect(bottom(listed())).toContain('S silence  a ack');
	});

	test('wants to know what fired as long as it is open and does not know', () => {
		const open = press(listed(), 'S');
		expect(wanted(open)).toEqual([{ kind: 'fired', key: 'fired', again: false }]);
		expect(wanted(press(open, 'escape'))).toEqual([]);
		expect(wanted(press(listed(), 'a'))).toEqual([]);
		const known = hear(open, { type: 'recalled', fired: loaded(answer([]), noon) });
		expect(wanted(known)).toEqual([]);
		const late = hear(press(open, 'escape'), { type: 'recalled', fired: loaded(answer([]), noon) });
		expect(late.dialog).toBeUndefined();
	});
});

describe('a change', () => {
	test('is asked for once, with the confirming key', () => {
		const confirmed = press(listed(), 'a', 'tab');
		expect(effectsOf(confirmed, 'enter')).toMatchObject([
			{ type: 'change', change: { kind: 'acknowledge', about: 'Leak' } },
		]);
		const done = press(confirmed, 'enter');
		expect(done.dialog).toBeUndefined();
		expect(done.message?.text).toBe('Silencing Leak.');
		expect(effectsOf(done, 'enter')).toEqual([]);
	});

	test('is told when it is done, and the alerts are asked anew', () => {
		const state = changedBy(listed(), leakSilenced, made);
		expect(state.message?.text).toBe('Acknowledged Leak until 12:15 UTC. u undoes it for 60 s.');
		expect(wanted(state)).toMatchObject([{ kind: 'place', place: { kind: 'alerts' }, again: true }]);
		expect(bottom(state)).toContain('u undo  ');
	});

	test('keeps every other one waiting until it is answered', () => {
		const sent = press(listed(), 'a', 'tab', 'enter');
		for (const key of ['S', 'a', 'u']) {
			expect(effectsOf(sent, key)).toEqual([]);
			expect(press(sent, key).dialog).toBeUndefined();
			expect(press(sent, key).message?.text).toContain('Alertmanager has not answered yet on Leak.');
		}
		expect(press(changedBy(sent, leakSilenced, made), 'S').dialog).toMatchObject({ about: 'Leak' });
		const failure = { kind: 'timeout', what: 'It failed.', next: 'Look in the list.' } as const;
		expect(press(hear(sent, { type: 'unchanged', failure }), 'S').dialog).toMatchObject({ about: 'Leak' });
	});

	test('can be undone for 60 s', () => {
		const state = changedBy(listed(), leakSilenced, made);
		const expire: Change = { kind: 'expire', about: 'Leak', id: 'ab12' };
		const later = (by: number) => hear(state, { type: 'ticked', now: noon + by });
		expect(effectsOf(later(59 * second), 'u')).toEqual([{ type: 'change', change: expire }]);
		expect(effectsOf(later(60 * second), 'u')).toEqual([]);
		expect(press(later(60 * second), 'u').message?.text).toContain('There is nothing to undo');
		expect(bottom(later(60 * second))).not.toContain('u undo  ');
		const undone = changedBy(state, expire, { kind: 'ended' });
		expect(undone.message?.text).toBe('Ended the silence of Leak.');
		expect(effectsOf(undone, 'u')).toEqual([]);
	});

	test('of another silence leaves the undo of the last one', () => {
		const state = changedBy(listed(), leakSilenced, made);
		const other = changedBy(state, { kind: 'expire', about: 'Flood', id: 'cd34' }, { kind: 'ended' });
		expect(effectsOf(other, 'u')).toHaveLength(1);
	});
});

describe('a change that failed', () => {
	const failed = (kind: 'bad-query' | 'timeout') => {
		const sent = press(type(press(listed(), 'S'), 'why'), 'tab', 'tab', 'enter');
		expect(sent.dialog).toBeUndefined();
		return hear(sent, { type: 'unchanged', failure: { kind, what: 'It failed.', next: 'Mend it.' } });
	};

	test('opens the dialog again, as it was, when the server wants something mended', () => {
		const state = failed('bad-query');
		expect(state.dialog).toMatchObject({ comment: { text: 'why' }, focus: 'make' });
		expect(state.message).toEqual({ text: 'It failed. Mend it.', tone: 'refusal' });
		expect(press(state, 'escape').dialog).toBeUndefined();
	});

	test('is not offered again when it may have been done', () => {
		expect(failed('timeout').dialog).toBeUndefined();
		expect(failed('timeout').message?.text).toBe('It failed. Mend it.');
	});
});

test('update stays pure: the same change twice from the same state', () => {
	const confirmed = press(listed(), 'a', 'tab');
	const enter = { type: 'pressed', key: 'enter' } as const;
	expect(update(confirmed, enter)).toEqual(update(confirmed, enter));
});

describe('a change as curl', () => {
	const base = { backend: 'alertmanager', parameters: [], took: 1, bytes: 0, outcome: 200 } as const;
	const url = 'http://alerts.example/api/v2/silences';

	test.each([
		[{ ...base, method: 'POST', url, body: `{"comment":"it's"}` }, `curl -s '${url}' --json '{"comment":"it'\\''s"}'`],
		[{ ...base, method: 'DELETE', url }, `curl -s -X DELETE '${url}'`],
		[{ ...base, method: 'GET', url }, `curl -s '${url}'`],
	] as const)('%o', (query, command) => {
		expect(curlOf(query)).toBe(command);
	});

	test('without the secret in a label', () => {
		expect(curlOf({ ...base, method: 'POST', url, body: '{"password":"hunter2"}' })).not.toContain('hunter2');
	});
});

describe('a correction', () => {
	const said = { alert: 'Leak', taken: 'leak', service: 'ledger' };
	const toldOf = (correction: typeof said, kept: Kept): State['message'] =>
		hear(listed(true), { type: 'corrected', correction, kept, now: noon }).message;

	test('is asked for where nothing may be changed on a server, and is no change', () => {
		const open = type(press(listed(true), 'c', 'ctrl+u'), 'ledger');
		expect(open.dialog).toMatchObject({ kind: 'correction', about: 'Leak', service: { text: 'ledger' } });
		expect(bottom(open)).toBe('\ntype the service  enter save  esc leave  ');
		expect(effectsOf(open, 'enter')).toEqual([{ type: 'correct', correction: said }]);
		expect(press(open, 'enter').dialog).toBeUndefined();
		expect(press(open, 'enter').sent).toBeUndefined();
	});

	test('has the alerts asked anew', () => {
		const state = hear(listed(true), { type: 'corrected', correction: said, kept: {}, now: noon });
		expect(wanted(state)).toMatchObject([{ kind: 'place', place: { kind: 'alerts' }, again: true }]);
	});

	test.each([
		[said, { profile: 'prod-eu' }, 'Leak is about ledger now; kept in profile prod-eu.'],
		[said, {}, 'Leak is about ledger now, for this run only: no saved profile is open.'],
		[
			{ ...said, service: '' },
			{ profile: 'prod-eu' },
			'Leak is about leak again; profile prod-eu corrects it no longer.',
		],
		[{ ...said, service: '' }, {}, 'Leak is about leak again.'],
		[{ ...said, taken: '', service: '' }, {}, 'Leak is about no service again.'],
	])('%o kept in %o', (correction, kept, text) => expect(toldOf(correction, kept)).toEqual({ text, tone: 'plain' }));

	test('that cannot be written is told with the reason', () => {
		expect(toldOf(said, { why: 'The file is full. Empty it.' })).toEqual({
			text: 'Leak is about ledger now, for this run only. The file is full. Empty it.',
			tone: 'refusal',
		});
	});
});
