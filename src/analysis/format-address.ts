import type { PlaceOf } from '../model/place.ts';
import type { Address } from './address-forms.ts';
import { formatLength } from './format.ts';
import { formatRfc3339 } from './format-time.ts';
import { formatBound } from './log-cost.ts';
import { formatFilter } from './log-filters.ts';
import { formatAttribute } from './trace-attributes.ts';
import { quoteWord } from './words.ts';

/** The address as one line that a shell and the `:` line read back to the same place. */
export const formatAddress = (address: Address): string => addressWords(address).map(quoteWord).join(' ');

/** The address as the words of a command line; an argument that begins with a dash stands last, behind `--`. */
export function addressWords(address: Address): readonly string[] {
	const argument = argumentOf(address);
	const dashed = argument?.startsWith('-') === true;
	return [
		address.kind,
		...(argument === undefined || dashed ? [] : [argument]),
		...optionsOf(address),
		...(address.window.kind === 'live'
			? ['--since', formatLength(address.window.length)]
			: ['--from', formatRfc3339(address.window.from), '--to', formatRfc3339(address.window.to)]),
		...(dashed ? ['--', argument] : []),
	];
}

function argumentOf(address: Address): string | undefined {
	switch (address.kind) {
		case 'alerts':
		case 'silences':
		case 'cardinality':
			return address.filter;
		case 'service':
		case 'compare':
			return address.service;
		case 'logs':
		case 'traces':
			return address.query;
		case 'trace':
			return address.id;
		case 'report':
			return address.alert;
	}
}

const attributeOptions = ({ attributes = [] }: Pick<PlaceOf<'compare'>, 'attributes'>): readonly string[] =>
	attributes.flatMap(attribute => option('attribute', formatAttribute(attribute)));

function optionsOf(address: Address): readonly string[] {
	switch (address.kind) {
		case 'service':
			return [
				...option('route', address.route),
				...option('by', address.by),
				...option('alert', address.alert),
				...option('view', address.view),
				...option('family', address.family),
				...option('compare', address.compare),
				...option('quantiles', address.quantiles?.join(',')),
				...option('rates', address.rates),
				...option('durations', address.durations),
			];
		case 'logs':
			return [
				...option('service', address.service),
				...option('request', address.request),
				...option('trace', address.trace),
				...option('span', address.span),
				...option('level', address.level),
				...(address.filters ?? []).flatMap(filter => option('where', formatFilter(filter))),
				...option('around', address.around),
				...option('route', address.route),
				...option('alert-began', address.alertBegan === undefined ? undefined : formatRfc3339(address.alertBegan)),
				...(address.follow ? ['--follow'] : []),
				...option('read-up-to', address.readUpTo === undefined ? undefined : formatBound(address.readUpTo)),
			];
		case 'trace':
			return [...option('span', address.span), ...option('guessed', address.guessed)];
		case 'traces':
			return [
				...option('service', address.service),
				...option('operation', address.operation),
				...option('slow', address.slowerThan === undefined ? undefined : formatLength(address.slowerThan)),
				...option('fast', address.fasterThan === undefined ? undefined : formatLength(address.fasterThan)),
				...attributeOptions(address),
				...(address.errors ? ['--errors'] : []),
			];
		case 'compare':
			return [
				...option('operation', address.operation),
				...option('trace', address.trace),
				...attributeOptions(address),
			];
		default:
			return [];
	}
}

/** A value that begins with a dash must be glued to its option. */
const option = (name: string, value: string | undefined): readonly string[] =>
	value === undefined ? [] : value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
