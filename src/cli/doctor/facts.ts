import { formatDuration, formatShare } from '../../analysis/format.ts';
import type { FoundConvention } from '../../analysis/found-conventions.ts';
import type { IdentifierShare, IdentifierShares } from '../../analysis/identifier-shares.ts';
import { titleOf } from '../../backends/endpoint.ts';
import { aheadBy, mostSkew } from '../../backends/skew.ts';
import { day, second } from '../../model/time.ts';
import { aheadWords } from './clock.ts';
import type { Examined, Vitals } from './examined.ts';
import { freshnessOf } from './freshness.ts';
import { lacksOf } from './lacks.ts';

/** A few words about a backend; those with a tone are what is wrong. */
export type Fact = { readonly text: string; readonly tone?: 'bad' | 'warning' };

/** Certificates that end sooner are told of. */
export const fewDays = 14;

/** What is told of a backend that lets us in, the most wanted first. */
export const factsOf = (examined: Examined): readonly Fact[] => [
	{ text: productWords(examined) },
	...tripFacts(examined),
	...freshnessFacts(examined),
	...certificateFacts(examined),
	...admissionFacts(examined),
	...clockFacts(examined),
	...vitalFacts(examined.vitals),
	...lackFacts(examined),
	...(examined.isCut ? [{ text: 'not all told in time', tone: 'warning' } as const] : []),
];

/** `Loki 3.4.6`; many builds do not tell their version, some servers nothing at all. */
export function productWords({ knocked: { product }, endpoint, dataSource }: Examined): string {
	const through = dataSource === undefined ? '' : `data source ${dataSource}, `;
	if (product === undefined) return `${through}answers as ${titleOf(endpoint.backend)} does`;
	return `${through}${product.name}${product.version === undefined ? ' of unknown version' : ` ${product.version}`}`;
}

const tripFacts = ({ roundTrip }: Examined): readonly Fact[] =>
	roundTrip === undefined ? [] : [{ text: `answers in ${formatDuration(Math.round(roundTrip))}` }];

function freshnessFacts({ vitals, at }: Examined): readonly Fact[] {
	const found = freshnessOf(vitals);
	if (found === undefined) return [];
	const { noun, newest, within, oldAfter } = found;
	if (newest === 'none') return [{ text: `no ${noun} in ${within}`, tone: 'warning' }];
	const age = at - newest;
	const seconds = Math.round(Math.abs(age) / second) * second;
	const words = formatDuration(seconds).replace(/^0 ms$/, '0 s');
	const isOdd = age > oldAfter || age < -mostSkew;
	return [
		{
			text: age < -second ? `newest ${noun} ${words} ahead of our clock` : `newest ${noun} ${words} old`,
			...(isOdd ? { tone: 'warning' as const } : {}),
		},
	];
}

export const daysLeft = ({ certificate, at }: Pick<Examined, 'certificate' | 'at'>): number | undefined =>
	certificate && Math.floor((certificate.expires - at) / day);

export function certificateFacts(examined: Pick<Examined, 'certificate' | 'at' | 'admission'>): readonly Fact[] {
	const days = daysLeft(examined);
	const unverified: readonly Fact[] = examined.admission.isUnverified
		? [{ text: 'certificate NOT CHECKED', tone: 'bad' }]
		: [];
	if (days === undefined) return unverified;
	const text =
		days < 0 ? 'certificate expired' : `certificate good for ${days === 0 ? 'less than a day' : `${days} d`}`;
	return [days < fewDays ? { text, tone: 'warning' } : { text }, ...unverified];
}

/** Many servers let in anybody; that they took credentials does not mean that they looked at them. */
const admissionFacts = ({ admission: { credentials, tenants, through, isReadable } }: Examined): readonly Fact[] => [
	...(through === undefined ? [] : [{ text: `through ${through}` }]),
	credentials.length === 0 ? { text: 'asks for no credentials' } : { text: `takes the ${credentials.join(' and ')}` },
	...(isReadable ? [{ text: 'over plain HTTP', tone: 'warning' } as const] : []),
	...(tenants.length === 0 ? [] : [{ text: `${tenants.length > 1 ? 'tenants' : 'tenant'} ${tenants.join(' and ')}` }]),
];

function clockFacts({ knocked: { skew } }: Examined): readonly Fact[] {
	if (skew === undefined) return [];
	const ahead = aheadBy(skew);
	if (Math.abs(ahead) < second) return [{ text: 'clock right' }];
	const text = `clock ${aheadWords(ahead)}`;
	return [Math.abs(ahead) > mostSkew ? { text, tone: 'warning' } : { text }];
}

function vitalFacts(vitals: Vitals | undefined): readonly Fact[] {
	switch (vitals?.kind) {
		case 'metrics':
			return vitals.conventions === undefined ? [] : [conventionsFact(vitals.conventions)];
		case 'logs':
			return logFacts(vitals);
		case 'alerts':
			return vitals.cluster === undefined ? [] : [clusterFact(vitals.cluster)];
		case 'sources':
			return [
				{
					text:
						vitals.dataSources.length === 0
							? 'no data source that is known'
							: `data sources ${vitals.dataSources.map(({ backend, name }) => `${name} (${titleOf(backend)})`).join(', ')}`,
				},
			];
		default:
			return [];
	}
}

/** More of them are counted only. */
const mostNamed = 3;

function conventionsFact(conventions: readonly FoundConvention[]): Fact {
	if (conventions.length === 0) return { text: 'no request metrics of a known kind', tone: 'warning' };
	const named = conventions
		.slice(0, mostNamed)
		.map(({ name, services }) => `${name} (${countOf(services, 'service')})`);
	const more = conventions.length - named.length;
	return { text: `request metrics: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}` };
}

function logFacts({ labels, services, identifiers }: Extract<Vitals, { kind: 'logs' }>): readonly Fact[] {
	if (labels === undefined) return [];
	if (labels.length === 0) return [{ text: 'no streams in the last hour', tone: 'warning' }];
	const others = labels.filter(name => name !== services?.label && !name.startsWith('__'));
	const shown = others.slice(0, 2 * mostNamed);
	const more = others.length - shown.length;
	return [
		...(services === undefined ? [] : [{ text: `${countOf(services.count, 'service')} by ${services.label}` }]),
		...(shown.length === 0 ? [] : [{ text: `labels ${shown.join(' ')}${more > 0 ? ` and ${more} more` : ''}` }]),
		...(identifiers === undefined ? [] : [{ text: identifiersWords(identifiers) }]),
	];
}

const identifiersWords = ({ lines, requests, traces }: IdentifierShares): string =>
	`newest ${countOf(lines, 'line')}: ${shareWords('request ID', requests)}, ${shareWords('trace ID', traces)}`;

/** `62 % with a request ID (request_id, reqId)`; in the text of a line it has no name of its own. */
function shareWords(noun: string, shares: readonly IdentifierShare[]): string {
	if (shares.length === 0) return `none with a ${noun}`;
	const share = shares.reduce((sum, each) => sum + each.share, 0);
	const names = [...new Set(shares.map(({ name, origin }) => (origin === 'text' ? 'in the text' : name)))];
	return `${formatShare(share)} with a ${noun} (${names.slice(0, mostNamed).join(', ')})`;
}

const clusterFact = ({ status, members }: { readonly status: string; readonly members: number }): Fact => {
	if (status === 'disabled') return { text: 'alone, no cluster' };
	const text = `cluster ${status} with ${countOf(members, 'member')}`;
	return status === 'ready' ? { text } : { text, tone: 'warning' };
};

const lackFacts = (examined: Examined): readonly Fact[] => {
	const lacks = lacksOf(examined);
	return lacks.length === 0 ? [] : [{ text: `lacks ${lacks.map(({ name }) => name).join(', ')}` }];
};

export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
