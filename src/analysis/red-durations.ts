import type { DurationUnit, FamilyDuration } from './red-family.ts';
import type { Match, Member } from './red-member.ts';
import type { DurationMetric } from './service-target.ts';

/** Those that tell the most first. */
const flavours: readonly DurationMetric['flavour'][] = ['classic', 'vmrange', 'native', 'summary', 'average', 'gauge'];

const scales: Readonly<Record<DurationUnit, number>> = {
	seconds: 1,
	milliseconds: 1e-3,
	microseconds: 1e-6,
	nanoseconds: 1e-9,
};

/** Every duration of a match: those with the most to tell first, of equals the first of the family. */
export function durationsOf({ family, members }: Match): readonly DurationMetric[] {
	const found = (family.durations ?? []).flatMap(each => durationOf(each, members) ?? []);
	return flavours.flatMap(flavour => found.filter(each => each.flavour === flavour));
}

function durationOf(
	{ base, unit, only, gauge }: FamilyDuration,
	members: readonly Member[],
): DurationMetric | undefined {
	const own = members.filter(({ role }) => role.base === base && role.part !== 'counter' && role.part !== 'failures');
	const flavour = flavours.find(each => own.some(member => flavourOf(member) === each));
	const name = own[0]?.labels.__name__;
	if (flavour === undefined || name === undefined) return undefined;
	const told = own.filter(member => flavourOf(member) === flavour);
	const labels = [...new Set(told.flatMap(member => Object.keys(member.labels)))].filter(each => each !== '__name__');
	return {
		base: gauge === undefined ? name.replace(/[_.](bucket|count)$/, '') : name,
		flavour,
		unit,
		scale: scales[unit],
		...(only === undefined ? {} : { only }),
		labels,
		...(flavour === 'summary' ? { quantiles: quantilesOf(told) } : {}),
		...(gauge === undefined ? {} : { line: gauge }),
	};
}

function flavourOf({ labels, role }: Member): DurationMetric['flavour'] | undefined {
	switch (role.part) {
		case 'bucket':
			return 'vmrange' in labels ? 'vmrange' : 'classic';
		case 'count':
			return 'average';
		case 'bare':
			return 'quantile' in labels ? 'summary' : 'native';
		case 'gauge':
			return 'gauge';
		default:
			return undefined;
	}
}

const quantilesOf = (members: readonly Member[]): readonly string[] =>
	[...new Set(members.map(({ labels }) => labels.quantile ?? ''))].sort((a, b) => Number(a) - Number(b));
