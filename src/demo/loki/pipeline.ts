import type { Labels, Matcher } from '../../model/labels.ts';
import { parseByteSize, parseDuration } from '../go-literals.ts';
import { goRegExp } from '../go-regexp.ts';
import { type Extract, extractJson, extractLogfmt } from './line-parsers.ts';
import type { Comparison, Condition, NumberCondition, Stage } from './logql.ts';

/** A log line before the stages of a query have seen it. Its parts may be made as they are asked for. */
export type RawLine = { readonly line: string; readonly labels: Labels; readonly metadata: Labels };

/** The labels that the stages parsed out of the line, or `undefined` when they dropped it. */
export type Pipeline = (raw: RawLine) => Labels | undefined;

/** Puts the stages of a query together. They were parsed, so their regular expressions are known to be sound. */
export function pipelineOf(stages: readonly Stage[]): Pipeline {
	const steps = stages.map(stepOf);
	return raw => {
		const work: Work = { raw, parsed: {} };
		return steps.every(step => step(work)) ? work.parsed : undefined;
	};
}

/** Whether labels satisfy all matchers; a label that is not there is empty. */
export function selectorOf(matchers: readonly Matcher[]): (labels: Labels) => boolean {
	const tests = matchers.map(matcher => ({ name: matcher.name, test: textTest(matcher) }));
	return labels => tests.every(({ name, test }) => test(labels[name] ?? ''));
}

type Work = { readonly raw: RawLine; readonly parsed: Record<string, string> };
type Step = (work: Work) => boolean;

function stepOf(stage: Stage): Step {
	switch (stage.kind) {
		case 'line':
			return lineStep(stage.operator, stage.texts);
		case 'json':
			return work => parse(work, extractJson(work.raw.line, stage.only));
		case 'logfmt':
			return work => parse(work, extractLogfmt(work.raw.line, stage.only));
		case 'filter':
			return conditionStep(stage.condition);
	}
}

function lineStep(operator: '|=' | '!=' | '|~' | '!~', texts: readonly string[]): Step {
	const tests = texts.map((text): ((line: string) => boolean) => {
		if (operator === '|=' || operator === '!=') return line => line.includes(text);
		const expression = goRegExp(text, 'anywhere');
		return line => expression.test(line);
	});
	const wanted = operator === '|=' || operator === '|~';
	return ({ raw }) => tests.some(test => test(raw.line)) === wanted;
}

/** A name that the stream or its metadata has already gets `_extracted` behind it. */
function parse(work: Work, extract: Extract): boolean {
	if ('error' in extract) {
		work.parsed.__error__ = extract.error;
		work.parsed.__error_details__ = extract.details;
		return true;
	}
	for (const [name, value] of Object.entries(extract.found)) {
		const taken = name in work.raw.labels || name in work.raw.metadata;
		work.parsed[taken ? `${name}_extracted` : name] = value;
	}
	return true;
}

function conditionStep(condition: Condition): Step {
	if (condition.kind === 'and' || condition.kind === 'or') {
		const left = conditionStep(condition.left);
		const right = conditionStep(condition.right);
		return condition.kind === 'and' ? work => left(work) && right(work) : work => left(work) || right(work);
	}
	if (condition.kind === 'text') {
		const test = textTest(condition);
		return work => test(labelIn(work, condition.name) ?? '');
	}
	return comparisonStep(condition);
}

/**
 * Loki lets lines through a numeric filter when an earlier stage failed on them, or when the value is no number
 * (which it marks): only a text filter such as `__error__=""` takes them out.
 */
function comparisonStep({ kind, name, operator, value }: NumberCondition): Step {
	const read = readers[kind];
	const compare = comparisons[operator];
	return work => {
		if (work.parsed.__error__ !== undefined) return true;
		const text = labelIn(work, name);
		if (text === undefined) return false;
		const number = read(text);
		if (number !== undefined) return compare(number, value);
		work.parsed.__error__ = 'LabelFilterErr';
		work.parsed.__error_details__ = `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`;
		return true;
	};
}

const labelIn = ({ parsed, raw }: Work, name: string): string | undefined =>
	parsed[name] ?? raw.labels[name] ?? raw.metadata[name];

const readers = {
	number: (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
	duration: parseDuration,
	bytes: parseByteSize,
};

const comparisons: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
	'=': (left, right) => left === right,
	'!=': (left, right) => left !== right,
	'>': (left, right) => left > right,
	'>=': (left, right) => left >= right,
	'<': (left, right) => left < right,
	'<=': (left, right) => left <= right,
};

function textTest({ operator, value }: Matcher): (text: string) => boolean {
	if (operator === '=') return text => text === value;
	if (operator === '!=') return text => text !== value;
	const expression = goRegExp(value, 'anchored');
	return operator === '=~' ? text => expression.test(text) : text => !expression.test(text);
}
