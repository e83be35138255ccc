import type { Milliseconds } from '../../model/time.ts';
import { parseDuration } from '../go-literals.ts';
import { type Expression, ParseError } from './expression.ts';
import { parsePromql } from './parse.ts';

/** A parameter that Prometheus refuses: 400 `bad_data`. */
export class BadData extends Error {
	override readonly name = 'BadData';
}

const invalid = (name: string, words: string): BadData => new BadData(`invalid parameter "${name}": ${words}`);

/** A time in unix seconds or RFC 3339; `otherwise` when it is not given. */
export const timeOf = (parameters: URLSearchParams, name: string, otherwise: Milliseconds): Milliseconds => {
	const text = parameters.get(name) ?? '';
	return text === '' ? otherwise : parsedTime(name, text);
};

export const requiredTimeOf = (parameters: URLSearchParams, name: string): Milliseconds =>
	parsedTime(name, parameters.get(name) ?? '');

const parsedTime = (name: string, text: string): Milliseconds => {
	const seconds = text.trim() === '' ? Number.NaN : Number(text);
	const time = Number.isNaN(seconds) && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Math.round(seconds * 1000);
	if (Number.isNaN(time)) throw invalid(name, `cannot parse "${text}" to a valid timestamp`);
	return time;
};

const mostPoints = 11_000;

/** The steps of a range query. Throws what Prometheus says of a wrong or too fine grid. */
export const stepsOf = (parameters: URLSearchParams): readonly Milliseconds[] => {
	const start = requiredTimeOf(parameters, 'start');
	const end = requiredTimeOf(parameters, 'end');
	if (end < start) throw invalid('end', 'end timestamp must not be before start time');
	const text = parameters.get('step') ?? '';
	const seconds = text === '' ? Number.NaN : Number(text);
	const step = Number.isNaN(seconds) ? parseDuration(text) : Math.round(seconds * 1000);
	if (step === undefined || text === '') throw invalid('step', `cannot parse "${text}" to a valid duration`);
	if (step <= 0) {
		throw invalid('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer');
	}
	if ((end - start) / step > mostPoints) {
		throw new BadData(
			'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
		);
	}
	return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, at) => start + at * step);
};

/** An expression in a parameter; what is wrong with it is the parameter's fault. */
export const expressionOf = (parameters: URLSearchParams, name = 'query'): Expression =>
	parsed(parameters.get(name) ?? '', name);

const parsed = (text: string, name: string): Expression => {
	try {
		return parsePromql(text);
	} catch (error) {
		throw error instanceof ParseError ? invalid(name, error.message) : error;
	}
};

/** The `match[]` selectors. */
export const selectorsOf = (parameters: URLSearchParams): readonly (Expression & { readonly kind: 'selector' })[] =>
	parameters.getAll('match[]').map(text => {
		const expression = parsed(text, 'match[]');
		if (expression.kind !== 'selector' || expression.range !== undefined) {
			throw invalid('match[]', '1:1: parse error: unexpected expression, expected a series selector');
		}
		return expression;
	});

/** How many results at most; 0 or nothing is without limit. */
export const limitOf = (parameters: URLSearchParams): number => {
	const text = parameters.get('limit') ?? '';
	if (text === '') return Number.POSITIVE_INFINITY;
	const limit = Number(text);
	if (!Number.isInteger(limit)) throw invalid('limit', `cannot parse "${text}" to an integer`);
	if (limit < 0) throw invalid('limit', 'limit must be non-negative');
	return limit === 0 ? Number.POSITIVE_INFINITY : limit;
};
