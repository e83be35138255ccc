import { describe, expect, test } from 'vitest';
import { investigateAlerts } from '../../src/investigation/alerts.ts';
import { type AlertsFindings, noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import type { Asking, Sources } from '../../src/investigation/ports.ts';
import { investigateSilences, noSilencesFindings, type SilencesFindings } from '../../src/investigation/silences.ts';
import { silencingIn } from '../../src/investigation/silencing.ts';
import { answer } from '../../src/model/answer.ts';
import { equals } from '../../src/model/labels.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { NewSilence, Silence } from '../../src/model/silence.ts';
import { hour, live, minute } from '../../src/model/time.ts';
import { managedOf, noon } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, refused } from '../helpers/rounds.ts';

const matchers = [equals('alertname', 'PierErrors')];

const silenceOf = (id: string, comment = 'crane is mended'): Silence => ({
	id,
	state: 'active',
	matchers,
	startsAt: noon,
	endsAt: noon + hour,
	createdBy: 'mira',
	comment,
});

/** Sources that note what is made and ended. */
function desk(change: Partial<Sources['alerts']> = {}) {
	const created: NewSilence[] = [];
	const expired: string[] = [];
	const { sources } = createRounds({});
	const alerts: Sources['alerts'] = {
		...sources.alerts,
		createSilence: async silence => {
			created.push(silence);
			return answer('ab12');
		},
		expireSilence: async id => {
			expired.push(id);
			return answer(undefined);
		},
		...change,
	};
	const world = { sources: { ...sources, alerts }, now: () => noon };
	return { created, expired, silencing: silencingIn(world, 'mira') };
}

describe('a change', () => {
	test('a silence is made for its time, in the name of the operator, and begins at once on a clock behind ours', async () => {
		const { created, silencing } = desk();
		const wish = { kind: 'silence', about: 'PierErrors', matchers, length: 30 * minute, comment: 'why' } as const;
		expect(await silencing.make(wish, askingNow())).toEqual({ kind: 'made', id: 'ab12', until: noon + 30 * minute });
		expect(created).toEqual([
			{ matchers, startsAt: noon - 5 * minute, endsAt: noon + 30 * minute, createdBy: 'mira', comment: 'why' },
		]);
	});

	test('an acknowledgement is a silence of 15 minutes with its mark', async () => {
		const { created, silencing } = desk();
		await silencing.make({ kind: 'acknowledge', about: 'PierErrors', matchers }, askingNow());
		expect(created).toMatchObject([{ endsAt: noon + 15 * minute, comment: 'ack: acknowledged by mira' }]);
	});

	test('a silence is ended', async () => {
		const { expired, silencing } = desk();
		expect(await silencing.make({ kind: 'expire', about: 'x', id: 'ab12' }, askingNow())).toEqual({ kind: 'ended' });
		expect(expired).toEqual(['ab12']);
	});

	test('that fails is tried once', async () => {
		let tries = 0;
		const createSilence = (_: NewSilence, __: Asking) => {
			tries++;
			return refused('alertmanager')();
		};
		const made = desk({ createSilence }).silencing.make({ kind: 'acknowledge', about: 'x', matchers }, askingNow());
		await expect(made).rejects.toThrow('alertmanager refused the connection.');
		expect(tries).toBe(1);
	});
});

describe('what fired lately', () => {
	const askFired = (count: number) => {
		const sample = (index: number) => ({
			labels: { __name__: 'ALERTS', alertstate: 'firing', alertname: 'PierErrors', berth: `${index}` },
			at: noon,
			value: 1,
		});
		const asked: string[] = [];
		const query = async (promql: string) => {
			asked.push(promql);
			return answer(Array.from({ length: count }, (_, index) => sample(index)));
		};
		const { sources, run } = createRounds({ metrics: { query } });
		const question = silencingIn({ sources, now: () => noon }, 'mira').firedLately(askingNow());
		return { asked, answered: run(question.then(() => {})).then(() => question) };
	};

	test('is asked in one bounded question, and told by the labels of the alerts', async () => {
		const { asked, answered } = askFired(1);
		expect(await answered).toEqual(answer([{ alertname: 'PierErrors', berth: '0' }]));
		expect(asked).toEqual(['topk(500, last_over_time(ALERTS{alertstate="firing"}[24h]))']);
	});

	test('says so when there may be more', async () => {
		expect((await askFired(500).answered).notes).toMatchObject([{ kind: 'partial' }]);
	});
});

describe('who silences an alert', () => {
	const asked = async (
		silencedBy: readonly string[],
		silences: readonly Silence[],
		previous: AlertsFindings = noAlertsFindings,
		now = noon,
	) => {
		const { sources, run } = createRounds({
			alerts: {
				alerts: async () => answer([managedOf('PierErrors', {}, { silencedBy })]),
				silences: async () => answer(silences),
			},
		});
		let last = previous;
		const place = { kind: 'alerts', window: live(hour) } as const;
		const publish = (findings: AlertsFindings) => {
			last = findings;
		};
		const rounds = await run(investigateAlerts(place, { sources, now: () => now }, previous, publish, askingNow()));
		return { last, count: rounds.flat().filter(text => text === 'silences').length };
	};

	test('is asked only when one is silenced', async () => {
		expect((await asked([], [silenceOf('ab12')])).count).toBe(0);
		expect(lastValueOf((await asked(['ab12'], [silenceOf('ab12')])).last.silences)).toEqual([silenceOf('ab12')]);
	});

	test('is asked again after a minute, or when another silences it', async () => {
		const { last } = await asked(['ab12'], [silenceOf('ab12')]);
		expect((await asked(['ab12'], [], last, noon + 59_000)).count).toBe(0);
		expect((await asked(['ab12'], [], last, noon + minute)).count).toBe(1);
		expect((await asked(['ab12', 'cd34'], [], last, noon + 1000)).count).toBe(1);
	});

	test('is told without the secrets that somebody wrote into the comment', async () => {
		const { last } = await asked(
			['ab12'],
			[silenceOf('ab12', 'curl -H "Authorization: Bearer abcdef0123456789abcdef"')],
		);
		expect(JSON.stringify(lastValueOf(last.silences))).not.toContain('abcdef0123456789');
	});
});

test('the list of silences is there after one round trip, and stays when the alerts fail', async () => {
	const { sources, run } = createRounds({
		alerts: { alerts: refused('alertmanager'), silences: async () => answer([silenceOf('ab12')]) },
	});
	let last: SilencesFindings = noSilencesFindings;
	const publish = (findings: SilencesFindings) => {
		last = findings;
	};
	const place = { kind: 'silences', window: live(hour) } as const;
	const world = { sources, now: () => noon };
	const rounds = await run(investigateSilences(place, world, noSilencesFindings, publish, askingNow()));
	expect(rounds.map(round => [...round].sort())).toEqual([['alerts', 'silences']]);
	expect(lastValueOf(last.silences)).toEqual([silenceOf('ab12')]);
	expect(last.alertmanager.status).toBe('failed');
});
