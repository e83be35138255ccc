import { describe, expect, test } from 'vitest';
import { noSilencesFindings, type SilencesFindings } from '../../../src/investigation/silences.ts';
import { answer } from '../../../src/model/answer.ts';
import { equals } from '../../../src/model/labels.ts';
import { failedWith, loaded } from '../../../src/model/loadable.ts';
import type { SilencesPlace } from '../../../src/model/place.ts';
import type { Silence } from '../../../src/model/silence.ts';
import { day, hour, live, minute } from '../../../src/model/time.ts';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { silences as screen } from '../../../src/screens/silences/index.ts';
import type { SilencesState } from '../../../src/screens/silences/state.ts';
import { paintSilences } from '../../../src/screens/silences/view.tsx';
import { createTheme } from '../../../src/widgets/theme.ts';
import { managedOf, noon } from '../../helpers/alert-drawing.ts';
import { frameOf } from '../../helpers/frame.ts';

const place: SilencesPlace = { kind: 'silences', window: live(hour) };

const silenceOf = (id: string, change: Partial<Silence> = {}): Silence => ({
	id,
	state: 'active',
	matchers: [equals('alertname', 'PierErrors'), equals('route', '/berths')],
	startsAt: noon - 10 * minute,
	endsAt: noon + 20 * minute,
	createdBy: 'mira',
	comment: 'crane is being mended',
	...change,
});

const found: SilencesFindings = {
	silences: loaded(
		answer([
			silenceOf('late', { endsAt: noon + 2 * day, createdBy: '', comment: '', matchers: [equals('zone', 'b')] }),
			silenceOf('soon'),
			silenceOf('acked', { endsAt: noon + 14 * minute, comment: 'ack: acknowledged by otto', createdBy: 'otto' }),
			silenceOf('next', { state: 'pending', startsAt: noon + hour, comment: 'drill', createdBy: 'a very long name' }),
			silenceOf('gone', { state: 'expired' }),
		]),
		noon,
	),
	alertmanager: loaded(
		answer([
			managedOf('PierErrors', { route: '/berths' }, { silencedBy: ['soon'] }),
			managedOf('PierErrors', { route: '/cranes' }, { silencedBy: ['soon', 'acked'] }),
		]),
		noon,
	),
};

function open(findings = found, size: Size = { width: 80, height: 12 }, unicode = true) {
	let state: SilencesState = screen.initial(place);
	const shown = () => ({
		place,
		findings,
		state,
		range: { from: noon - hour, to: noon },
		now: noon,
		size,
		timeFormat: 'utc' as const,
	});
	return {
		press(key: string): Outcome<SilencesState> | undefined {
			const outcome = screen.keys.find(({ keys }) => keys.includes(key))?.run(shown());
			if (outcome?.type === 'stay') state = outcome.state;
			return outcome;
		},
		filter(text: string) {
			state = screen.search?.apply(text, shown()) ?? state;
		},
		headline: () => screen.headline(shown()),
		frame: () =>
			`\n${frameOf(size.width, size.height, surface =>
				paintSilences(surface, { ...shown(), theme: createTheme('none', unicode) }),
			)
				.split('\n')
				.map(line => line.trimEnd())
				.join('\n')
				.trimEnd()}`,
	};
}

describe('frames', () => {
	test('at 80 columns', () => {
		expect(open().frame()).toMatchInlineSnapshot(`
			"
			▌active  otto          14m left  1 muted  PierErrors: acknowledged
			 active  mira          20m left  2 muted  PierErrors: crane is being mended
			 active                 2d left  0 muted  zone="b"
			 pending a very long…    in 60m  0 muted  PierErrors: drill
			────────────────────────────────────────────────────────────────────────────────
			ack: acknowledged by otto
			by otto, since 11:50 UTC, until 12:14 UTC
			alertname="PierErrors"  route="/berths"
			mutes PierErrors"
		`);
	});

	test('at 60 columns in plain ASCII, with the matchers of one without a reason', () => {
		const desk = open(found, { width: 60, height: 11 }, false);
		desk.press('j');
		desk.press('j');
		const frame = desk.frame();
		expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
		expect(frame).toMatchInlineSnapshot(`
			"
			 active  otto          14m left  1 muted  PierErrors: ackno~
			 active  mira          20m left  2 muted  PierErrors: crane~
			>active                 2d left  0 muted  zone="b"
			 pending a very long~    in 60m  0 muted  PierErrors: drill
			------------------------------------------------------------
			No reason is given.
			by nobody who gave a name, since 11:50 UTC, until 2026-03-16
			12:00 UTC
			zone="b"
			mutes no alert now"
		`);
	});

	test('with nothing silenced, nothing that matches, and nobody who answers', () => {
		const nothing = { ...found, silences: loaded(answer([]), noon) };
		expect(open(nothing).frame()).toContain('Nothing is silenced. S on an alert silences it.');
		const filtered = open();
		filtered.filter('quay');
		expect(filtered.frame()).toContain('No silence (of 4) matches quay.');
		const failure = { kind: 'refused', what: 'Alertmanager refused the connection.', next: 'Check its URL.' } as const;
		const failed = failedWith(noSilencesFindings.silences, failure, noon);
		expect(open({ ...noSilencesFindings, silences: failed }).frame()).toContain('Alertmanager refused the connection.');
	});

	test('what the alerts lack is told beside what is known of the silences', () => {
		const failure = { kind: 'timeout', what: 'Alertmanager did not answer.', next: 'Press R.' } as const;
		const alertmanager = failedWith(found.alertmanager, failure, noon);
		expect(open({ ...found, alertmanager }).frame()).toContain('Alertmanager did not answer.');
	});
});

describe('keys', () => {
	test('enter goes to the alerts that are muted, and says when there are none', () => {
		const desk = open();
		expect(desk.press('enter')).toMatchObject({ type: 'go', to: { kind: 'alerts', filter: 'silenced PierErrors' } });
		desk.press('G');
		expect(desk.press('enter')).toEqual({ type: 'refuse', why: 'The silence of PierErrors mutes no alert now.' });
	});

	test('x asks before it ends the silence, the safe answer in focus', () => {
		const desk = open();
		desk.press('j');
		expect(desk.press('x')).toEqual({
			type: 'dialog',
			dialog: {
				kind: 'confirm',
				title: 'End the silence of PierErrors',
				sentence:
					'The silence of mira would hold until 12:20 UTC; it ends now, for everybody. 2 alerts become loud: PierErrors ×2.',
				verb: 'end it',
				change: { kind: 'expire', about: 'PierErrors', id: 'soon' },
				focus: 'leave',
			},
		});
	});

	test('y copies the ID, and a list of none refuses', () => {
		expect(open().press('y')).toMatchObject({ type: 'copy', text: 'acked' });
		const none = open({ ...found, silences: loaded(answer([]), noon) });
		for (const key of ['enter', 'x', 'y', 'j']) expect(none.press(key)).toMatchObject({ type: 'refuse' });
	});
});

test('the headline counts, and says what is filtered', () => {
	const desk = open();
	expect(desk.headline()).toBe('3 active  1 pending');
	desk.filter('otto');
	expect(desk.headline()).toBe('1 active  filter otto');
});

test('what a silence mutes is not known before Alertmanager has told of the alerts', () => {
	const early = open({ ...found, alertmanager: noSilencesFindings.alertmanager });
	expect(early.frame()).toContain('… muted');
	expect(early.frame()).toContain('which alerts it mutes is not known');
	expect(early.frame()).not.toContain('0 muted');
	expect(early.press('enter')).toEqual({ type: 'refuse', why: 'Which alerts it mutes is not known.' });
	expect(JSON.stringify(early.press('x'))).toContain('Which alerts become loud by that is not known.');
});
