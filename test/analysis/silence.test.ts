import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tooBroad } from '../../src/analysis/silence-breadth.ts';
import { readSilenceForm } from '../../src/analysis/silence-form.ts';
import {
	chosenMatchers,
	formatMatcher,
	holdsSecret,
	matcherChoices,
	parseMatcher,
} from '../../src/analysis/silence-matchers.ts';
import { alertLabels, countedNames, mutedBy, wouldHaveMuted } from '../../src/analysis/silence-preview.ts';
import { acknowledgementBy, fromText, isAcknowledgement, silenceSentence } from '../../src/analysis/silence-words.ts';
import { equals, type Labels, type Matcher } from '../../src/model/labels.ts';
import type { Silence } from '../../src/model/silence.ts';
import { day, minute } from '../../src/model/time.ts';

const noon = Date.UTC(2026, 4, 4, 12);

/** `alertname="X" severity="critical"` as matchers. */
const read = (text: string): readonly Matcher[] =>
	text.split(' ').map(each => parseMatcher(each) ?? expect.fail(`${each} is no matcher`));

describe('the matchers of an alert', () => {
	test('are one equality for each of its labels, the name first', () => {
		const labels = { cluster: 'eu', alertname: 'PierErrors', route: '/berths' };
		expect(matcherChoices(labels)).toEqual([
			{ matcher: equals('alertname', 'PierErrors'), chosen: true },
			{ matcher: equals('cluster', 'eu'), chosen: true },
			{ matcher: equals('route', '/berths'), chosen: true },
		]);
	});

	test.each([
		['prometheus_replica', false],
		['__replica__', false],
		['__grafana_origin__', false],
		['__alert_rule_uid__', true],
		['instance', true],
		['prometheus', true],
	])('%s is chosen: %s', (name, chosen) => {
		expect(matcherChoices({ [name]: 'x' })).toEqual([{ matcher: equals(name, 'x'), chosen }]);
		expect(chosenMatchers(matcherChoices({ [name]: 'x' }))).toHaveLength(chosen ? 1 : 0);
	});

	test('match the alert that they are of', () => {
		const labels = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ minLength: 1 }));
		fc.assert(
			fc.property(labels, set => {
				expect(mutedBy(chosenMatchers(matcherChoices(set)), [set])).toEqual([set]);
			}),
		);
	});
});

describe('a matcher as text', () => {
	test.each([
		['alertname="PierErrors"', equals('alertname', 'PierErrors')],
		['alertname=PierErrors', equals('alertname', 'PierErrors')],
		['  route =~ "/berths|/cranes" ', { name: 'route', operator: '=~', value: '/berths|/cranes' }],
		['zone!~b.*', { name: 'zone', operator: '!~', value: 'b.*' }],
		['zone!=""', { name: 'zone', operator: '!=', value: '' }],
		['a="x\\"y\\\\z"', equals('a', 'x"y\\z')],
		['"service.name"="pier"', equals('service.name', 'pier')],
		['a=b=c', equals('a', 'b=c')],
		['', undefined],
		['alertname', undefined],
		['="x"', undefined],
		['a="x', undefined],
		['a="\\x"', undefined],
		['a b="x"', undefined],
	])('%s', (text, matcher) => {
		expect(parseMatcher(text)).toEqual(matcher);
	});

	test('is read back as it was written', () => {
		const value = fc.string({ unit: 'grapheme' }).filter(text => text.isWellFormed());
		const operator = fc.constantFrom('=', '!=', '=~', '!~');
		const name = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ minLength: 1, unit: 'grapheme-ascii' }));
		fc.assert(
			fc.property(fc.record({ name, operator, value }), matcher => {
				fc.pre(!holdsSecret(matcher));
				expect(parseMatcher(formatMatcher(matcher))).toEqual(matcher);
			}),
		);
	});

	test('hides a secret in a label', () => {
		const matcher = equals('password', 'hunter2');
		expect(formatMatcher(matcher)).not.toContain('hunter2');
		expect(holdsSecret(matcher)).toBe(true);
	});
});

describe('a silence that is too broad is refused', () => {
	test.each([
		['severity="critical"', 'severity="critical" alone would silence alerts of every kind.'],
		['severity=~"critical|warning"', 'alone would silence alerts of every kind.'],
		['severity="critical" cluster="eu" env="prod"', 'severity="critical" and cluster="eu" and env="prod" alone'],
		['namespace="harbour"', 'namespace="harbour" alone would silence everything there.'],
		['team="quay"', 'alone would silence everything there.'],
		['alertname=~".*"', 'would silence every alert.'],
		['alertname=~".+"', 'would silence every alert.'],
		['alertname=~"|Pier"', 'would silence every alert.'],
		['alertname!="PierErrors"', 'would silence every alert.'],
		['alertname!~"Pier.*" instance!="a"', 'would silence every alert.'],
		['alertname=""', 'would silence every alert.'],
		['alertname=~".*" namespace="harbour"', 'would silence everything there.'],
		['instance!="a" severity="critical"', 'severity="critical" alone would silence alerts of every kind.'],
	])('%s', (text, why) => {
		expect(tooBroad(read(text))).toContain(why);
	});

	test('without any matcher', () => {
		expect(tooBroad([])).toBe(
			'Without a matcher it would silence every alert. Add one that says which alert, such as alertname.',
		);
	});

	test.each([
		'alertname="PierErrors"',
		'alertname=~"Pier.*"',
		'alertname=~"Pier.+|Quay.+"',
		'namespace="harbour" severity="critical"',
		'service="pier"',
		'instance="quay-1:9100"',
		'job="pier"',
		'namespace="harbour" team="quay"',
	])('%s says what it is about', text => {
		expect(tooBroad(read(text))).toBeUndefined();
	});
});

describe('what a silence mutes', () => {
	const pier: Labels = { alertname: 'PierErrors', route: '/berths', cluster: 'eu' };
	const cranes: Labels = { alertname: 'PierErrors', route: '/cranes', cluster: 'eu' };
	const quay: Labels = { alertname: 'QuayLatency', cluster: 'eu' };

	test.each([
		['alertname="PierErrors"', 'PierErrors ×2'],
		['alertname="PierErrors" route="/berths"', 'PierErrors'],
		['cluster="eu"', 'PierErrors ×2, QuayLatency'],
		['route=""', 'QuayLatency'],
		['route!="/berths"', 'PierErrors, QuayLatency'],
		['alertname=~"Pier"', ''],
	])('%s: %s', (text, names) => {
		expect(countedNames(mutedBy(read(text), [pier, cranes, quay]))).toBe(names);
	});

	const fired = [
		{ __name__: 'ALERTS', alertstate: 'firing', alertname: 'PierErrors', route: '/berths' },
		{ __name__: 'ALERTS', alertstate: 'firing', alertname: 'PierErrors', route: '/cranes' },
		{ __name__: 'ALERTS', alertstate: 'firing', alertname: 'QuayLatency' },
	].map(alertLabels);

	test.each([
		['alertname="PierErrors"', 2],
		['alertname="PierErrors" cluster="eu"', 2],
		['alertname="PierErrors" cluster="us"', 0],
		['route="/berths" cluster="eu"', 1],
		['cluster="eu"', 3],
	])(
		'and would have muted, though Prometheus does not know the labels that are added on the way: %s',
		(text, count) => {
			expect(wouldHaveMuted(read(text), pier, fired)).toHaveLength(count);
		},
	);

	test('is not known of the past when Prometheus does not write what it fired', () => {
		expect(wouldHaveMuted(read('alertname="CraneStuck"'), { alertname: 'CraneStuck' }, fired)).toBeUndefined();
	});
});

describe('the form', () => {
	const choices = matcherChoices({ alertname: 'PierErrors' });

	test('says who, how long and why', () => {
		expect(readSilenceForm({ choices, length: ' 1h30m ', comment: ' crane is being mended ' })).toEqual({
			ok: true,
			wish: { matchers: [equals('alertname', 'PierErrors')], length: 90 * minute, comment: 'crane is being mended' },
		});
	});

	test.each([
		['', 'length', 'Nothing is no length of time. Write 30m or 2h.'],
		['soon', 'length', 'soon is no length of time. Write 30m or 2h.'],
		['30', 'length', '30 is no length of time. Write 30m or 2h.'],
		['10s', 'length', 'A silence lasts from 1m to 30d.'],
		['31d', 'length', 'A silence lasts from 1m to 30d.'],
	])('a length of %s', (length, field, problem) => {
		expect(readSilenceForm({ choices, length, comment: 'why' })).toEqual({ ok: false, field, problem });
	});

	test('needs a reason and a matcher', () => {
		expect(readSilenceForm({ choices, length: '30m', comment: ' ' })).toMatchObject({ field: 'comment' });
		const none = choices.map(choice => ({ ...choice, chosen: false }));
		expect(readSilenceForm({ choices: none, length: '30m', comment: 'why' })).toMatchObject({ field: 'matchers' });
	});
});

describe('a silence in words', () => {
	const silence: Silence = {
		id: 'ab12',
		state: 'active',
		matchers: [],
		startsAt: noon,
		endsAt: noon + 30 * minute,
		createdBy: 'mira',
		comment: 'crane is being mended',
	};

	test.each([
		[{}, 'utc', 'silenced by mira until 12:30 UTC: crane is being mended'],
		[{}, 'relative', 'silenced by mira for 30 m 00 s more: crane is being mended'],
		[{ endsAt: noon + day }, 'utc', 'silenced by mira until 2026-05-05 12:00 UTC: crane is being mended'],
		[{ createdBy: '', comment: '' }, 'utc', 'silenced until 12:30 UTC'],
		[{ comment: acknowledgementBy('mira') }, 'utc', 'acknowledged by mira until 12:30 UTC'],
	] as const)('%o in %s', (change, format, text) => {
		expect(silenceSentence({ ...silence, ...change }, format, noon)).toBe(text);
	});

	test.each([
		[noon - 10 * minute, 'utc', 'since 11:50 UTC'],
		[noon - 2 * day, 'utc', 'since 2026-05-02 12:00 UTC'],
		[noon + 60 * minute, 'utc', 'begins 13:00 UTC'],
		[noon - 10 * minute, 'relative', 'since 10 m 00 s ago'],
		[noon + 60 * minute, 'relative', 'begins in 1 h 00 m'],
	] as const)('from %i in %s', (at, format, text) => {
		expect(fromText(at, format, noon)).toBe(text);
	});

	test('only an acknowledgement is one', () => {
		expect(isAcknowledgement({ comment: acknowledgementBy('mira') })).toBe(true);
		expect(isAcknowledgement(silence)).toBe(false);
	});
});
