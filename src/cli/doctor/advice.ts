import { formatDuration } from '../../analysis/format.ts';
import { formatRfc3339 } from '../../analysis/format-time.ts';
import { type Endpoint, titleOf, whoOf } from '../../backends/endpoint.ts';
import { aheadBy, mostSkew } from '../../backends/skew.ts';
import type { BackendName, Failure, FailureKind } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { withoutKeys } from '../print/ask.ts';
import { aheadWords } from './clock.ts';
import type { Examined } from './examined.ts';
import { countOf, daysLeft, fewDays } from './facts.ts';
import { freshnessOf } from './freshness.ts';
import { insteadWords, keyOf } from './instead-words.ts';
import { lacksOf } from './lacks.ts';

/** How much it matters: without it a backend tells us nothing; tells us wrong things; would tell us more. */
export type Severity = 'bad' | 'warning' | 'hint';

/** What is wrong with whom, and what to do about it: whole sentences. */
export type Advice = {
	readonly severity: Severity;
	/** Absent where it is about the profile. */
	readonly backend?: BackendName;
	readonly what: string;
	readonly next: string;
};

const severities: readonly Severity[] = ['bad', 'warning', 'hint'];

/** All that is to be said of these backends, worst first. */
export function adviceOn(all: readonly Examined[], longest: Milliseconds): readonly Advice[] {
	const each = [...all.flatMap(examined => adviceOnOne(examined, longest)), ...clusterAdvice(all)];
	return severities.flatMap(severity => each.filter(advice => advice.severity === severity));
}

/** The worst that there is to say of one. */
export const severityOf = (examined: Examined, longest: Milliseconds): 'bad' | 'warning' | 'good' => {
	const found = adviceOnOne(examined, longest).map(({ severity }) => severity);
	if (found.includes('bad')) return 'bad';
	return found.includes('warning') ? 'warning' : 'good';
};

/** What a backend is called in advice: with the data source, where a Grafana has several. */
export const calledOf = ({ endpoint, dataSource }: Pick<Examined, 'endpoint' | 'dataSource'>): string =>
	dataSource === undefined ? whoOf(endpoint) : `${titleOf(endpoint.backend)} (data source ${dataSource})`;

function adviceOnOne(examined: Examined, longest: Milliseconds): readonly Advice[] {
	const { endpoint } = examined;
	const say = (severity: Severity, what: string, next: string): Advice => ({
		severity,
		backend: endpoint.backend,
		what,
		next,
	});
	return [
		...failureAdvice(examined, say),
		...safetyAdvice(examined, say),
		...clockAdvice(examined, say),
		...freshnessAdvice(examined, say),
		...contentAdvice(examined, say),
		...(examined.isCut && examined.knocked.failure === undefined
			? [
					say(
						'warning',
						`${calledOf(examined)} did not tell all within ${longest / 1000} s.`,
						`Run it again, or allow more: --timeout ${(3 * longest) / 1000}s.`,
					),
				]
			: []),
		...lacksOf(examined).flatMap(({ name, without, next }) =>
			next === undefined ? [] : [say('hint', `${calledOf(examined)} lacks ${name}: ${without}.`, next)],
		),
	];
}

type Say = (severity: Severity, what: string, next: string) => Advice;

function failureAdvice({ knocked: { failure, instead }, endpoint }: Examined, say: Say): readonly Advice[] {
	if (failure === undefined) return [];
	if (instead !== undefined) {
		const { what, next } = insteadWords(instead, endpoint);
		return [say('bad', `${failure.what} ${what}`, next)];
	}
	const said = failure.words ? ` It said: ${cut(failure.words)}` : '';
	return [say('bad', `${failure.what}${said}`, `${withoutKeys(failure.next)}${settingWords(failure, endpoint)}`)];
}

/** Which part of a profile a failure is most likely about. */
const keys: Partial<Readonly<Record<FailureKind, string>>> = {
	unauthorized: 'auth',
	forbidden: 'auth',
	secret: 'auth',
	tls: 'tls',
	'not-found': 'url',
	'not-json': 'url',
	'wrong-shape': 'url',
	redirected: 'url',
	dns: 'url',
	refused: 'url',
};

/** The part that a failure names itself, of the way or of what lets in, and else the most likely one. */
function keyOfFailure({ kind, what, next }: Failure): string | undefined {
	if (/\btenant\b/.test(what)) return 'tenant';
	if (/^The proxy\b/.test(what)) return /\bproxy of \w+ in profile /.test(next) ? 'proxy' : undefined;
	if (/'s token server\b/.test(what)) return 'auth';
	return /\b(socket|tunnel) of \w+ in profile /.exec(next)?.[1] ?? keys[kind];
}

/** Where a profile says it, and how it is changed; what the command line says is at hand. */
function settingWords(failure: Failure, { origin, backend }: Endpoint): string {
	const key = keyOfFailure(failure);
	const profile = /^profile (.+)$/.exec(origin)?.[1];
	return key === undefined || profile === undefined
		? ''
		: ` The key is ${backend}.${key}: smokejumper profile edit ${profile}.`;
}

const longestWords = 160;
const cut = (words: string): string => {
	const characters = [...words];
	if (characters.length > longestWords) return `${characters.slice(0, longestWords).join('')}…`;
	return /[.!?…]$/.test(words) ? words : `${words}.`;
};

function safetyAdvice(examined: Examined, say: Say): readonly Advice[] {
	const { endpoint, admission, certificate } = examined;
	const who = calledOf(examined);
	const days = daysLeft(examined);
	const ends = certificate && formatRfc3339(certificate.expires).slice(0, 10);
	return [
		...(days !== undefined && days < fewDays
			? [
					say(
						'warning',
						days < 0
							? `The certificate of ${who} expired on ${ends}.`
							: `The certificate of ${who} expires in ${days === 0 ? 'less than a day' : countOf(days, 'day')}, on ${ends}.`,
						'Have it renewed before connections fail.',
					),
				]
			: []),
		...(admission.isUnverified
			? [
					say(
						'warning',
						`Nobody checks the certificate of ${who}: whoever answers is believed.`,
						`Name its authority in ${settingOf(endpoint, 'tls.ca')}, and take tls.skipVerify away.`,
					),
				]
			: []),
		...(admission.isReadable
			? [
					say(
						'warning',
						`The ${admission.credentials.join(' and ')} for ${who} can be read on the way: the URL is http.`,
						`Write https in ${keyOf(endpoint.backend, endpoint.origin)}, or go through ssh: ${settingOf(endpoint, 'tunnel.ssh')}.`,
					),
				]
			: []),
		...(admission.isTokenReadable
			? [
					say(
						'warning',
						`The client secret for the token server of ${who}, and the token, can be read on the way: its URL is http.`,
						`Write https in ${settingOf(endpoint, 'auth.tokenUrl')}.`,
					),
				]
			: []),
	];
}

/** `profile prod: loki.tls.ca`; options have no place for it. */
const settingOf = ({ origin, backend }: Endpoint, key: string): string =>
	`${origin.startsWith('profile ') ? origin : 'a profile'}: ${backend}.${key}`;

function clockAdvice(examined: Examined, say: Say): readonly Advice[] {
	const { skew } = examined.knocked;
	const ahead = skew === undefined ? 0 : aheadBy(skew);
	if (Math.abs(ahead) <= mostSkew) return [];
	return [
		say(
			'warning',
			`The clock of ${calledOf(examined)} is ${aheadWords(ahead)}${ahead > 0 ? ' of' : ''} ours.`,
			'Compare both with a time server (chronyc tracking, or timedatectl).',
		),
	];
}

function freshnessAdvice(examined: Examined, say: Say): readonly Advice[] {
	const found = freshnessOf(examined.vitals);
	if (found === undefined) return [];
	const { noun, newest, within, oldAfter } = found;
	const who = calledOf(examined);
	const next = {
		sample: 'Check that it scrapes its targets (/targets), or what writes to it.',
		line: 'Check the shippers that send it logs, and the tenant.',
		trace: 'Check the collector that sends it spans, its sampling, and the tenant.',
	}[noun];
	if (newest === 'none') return [say('warning', `${who} has no ${noun} of the last ${within}.`, next)];
	const age = examined.at - newest;
	if (age > oldAfter) return [say('warning', `The newest ${noun} of ${who} is ${formatDuration(age)} old.`, next)];
	return age < -mostSkew
		? [
				say(
					'warning',
					`The newest ${noun} of ${who} is ${formatDuration(-age)} ahead of our clock.`,
					'Compare this clock, and that of whoever wrote it, with a time server.',
				),
			]
		: [];
}

function contentAdvice(examined: Examined, say: Say): readonly Advice[] {
	const { vitals, endpoint } = examined;
	const who = calledOf(examined);
	switch (vitals?.kind) {
		case 'metrics': {
			const what = `No service in ${who} has request metrics of a known kind, so its panels stay empty.`;
			return vitals.conventions?.length === 0
				? [say('warning', what, 'See what it holds: smokejumper cardinality.')]
				: [];
		}
		case 'logs': {
			const { requests, traces, lines } = vitals.identifiers ?? { requests: [], traces: [], lines: 0 };
			const what = `None of the newest ${countOf(lines, 'line')} of ${who} names a request or a trace.`;
			return lines > 0 && requests.length + traces.length === 0
				? [say('hint', what, 'Let services log trace_id and request_id, as a field or in structured metadata.')]
				: [];
		}
		case 'alerts': {
			const next = 'Wait a minute and run it again; if it stays, check its --cluster.peer and the way between them.';
			return vitals.cluster?.status === 'settling'
				? [say('warning', `${who} is still looking for its peers.`, next)]
				: [];
		}
		case 'sources': {
			const what = `${who} has no data source for Prometheus, Alertmanager, Loki, Tempo or Jaeger that its token may see.`;
			return vitals.dataSources.length === 0
				? [say('bad', what, `Check the permissions of the token in ${endpoint.origin}.`)]
				: [];
		}
		default:
			return [];
	}
}

/** Members of the cluster that nobody asks: it only shows when all replicas of Alertmanager are seen together. */
function clusterAdvice(all: readonly Examined[]): readonly Advice[] {
	const replicas = all.filter(
		({ endpoint, dataSource }) => endpoint.backend === 'alertmanager' && dataSource === undefined,
	);
	const sizes = replicas.map(({ vitals }) => (vitals?.kind === 'alerts' ? (vitals.cluster?.members ?? 0) : 0));
	const most = Math.max(0, ...sizes);
	const origin = replicas[0]?.endpoint.origin ?? '';
	if (most <= replicas.length) return [];
	return [
		{
			severity: 'hint',
			backend: 'alertmanager',
			what: `The cluster of Alertmanager has ${countOf(most, 'member')}, of which ${replicas.length === 1 ? '1 is' : `${replicas.length} are`} asked.`,
			next: `Write all of them in ${keyOf('alertmanager', origin)}, so that alerts are seen while one is down.`,
		},
	];
}
