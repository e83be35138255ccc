import { type Labels, labelsKey } from '../../model/labels.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import { finished } from '../piecework.ts';
import type { Plot } from '../story.ts';
import { columnsOf, evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { parsePromql } from './parse.ts';
import { type Rule, ruleInterval, ruleOffset } from './rules.ts';
import type { Storage } from './storage.ts';
import { withoutName } from './value.ts';

/** One alert of a rule, from when its condition became true to its last evaluation. */
export type Activity = {
	/** Those of the rule's result, the rule's own and `alertname`. */
	readonly labels: Labels;
	readonly activeAt: Milliseconds;
	/** The last evaluation at which the condition held. */
	readonly until: Milliseconds;
	readonly value: number;
};

/** Evaluations are numbered since the epoch. */
export const evaluationTime = (evaluation: number): Milliseconds => evaluation * ruleInterval + ruleOffset;
export const lastEvaluation = (at: Milliseconds): number => Math.floor((at - ruleOffset) / ruleInterval);

export const isFiring = (rule: Rule, { activeAt, until }: Activity): boolean => until - activeAt >= rule.holdFor;

/** When the clock has moved on by more evaluations than this, the rule is looked at afresh. */
const longestCatchUp = 400;

/**
 * Follows a rule through its evaluations. Asked for the first time, it takes an alert to be as old as the first evaluation
 * from which on its condition held, and finds that by bisection: to evaluate the whole hour would take longer than the
 * program's start. An alert that went and came back would look older; the story has none. Later it evaluates
 * everything that has come since.
 */
export class RuleWatch {
	readonly rule: Rule;
	readonly #storage: Storage;
	readonly #first: number;
	/** The minute in which things broke: most alerts begin in it. */
	readonly #breaking: { readonly first: number; readonly last: number };
	/** Where else to look first for the beginning of an alert. */
	readonly #probes: readonly number[];
	#expression: Expression | undefined;
	#evaluated: number | undefined;
	#active = new Map<string, Activity>();
	#ended: Activity[] = [];

	constructor(rule: Rule, storage: Storage, { beganAt, releasedAt, brokeAt }: Plot) {
		this.rule = rule;
		this.#storage = storage;
		this.#first = lastEvaluation(beganAt) + 1;
		this.#breaking = { first: lastEvaluation(brokeAt), last: lastEvaluation(brokeAt + minute) };
		this.#probes = [lastEvaluation(releasedAt), this.#first];
	}

	/** The alerts that are pending or firing at the last evaluation before an instant. */
	activeAt(now: Milliseconds): readonly Activity[] {
		const wanted = lastEvaluation(now);
		if (this.#evaluated === undefined || wanted - this.#evaluated > longestCatchUp) this.#lookBackFrom(wanted);
		else if (wanted > this.#evaluated) this.#advance(this.#evaluated + 1, wanted);
		return [...this.#active.values()];
	}

	/** Alerts that have been seen to end. */
	get ended(): readonly Activity[] {
		return this.#ended;
	}

	#results(from: number, to: number): readonly Result[] {
		this.#expression ??= parsePromql(this.rule.query);
		const steps = Array.from({ length: to - from + 1 }, (_, at) => evaluationTime(from + at));
		return columnsOf(finished(evaluate(this.#expression, steps, this.#storage))).map(({ labels, values }) => ({
			key: labelsKey(withoutName(labels)),
			labels: { ...withoutName(labels), ...this.rule.labels, alertname: this.rule.name },
			values,
		}));
	}

	#lookBackFrom(last: number): void {
		this.#evaluated = last;
		this.#active = new Map();
		this.#ended = [];
		for (const { key, labels, values } of this.#results(last, last)) {
			const value = values[0];
			if (value === undefined) continue;
			const activeAt = evaluationTime(this.#beginningOf(key, last));
			this.#active.set(key, { labels, activeAt, until: evaluationTime(last), value });
		}
	}

	/** The first evaluation from which on an alert held that holds at `last`. */
	#beginningOf(key: string, last: number): number {
		const holds = (from: number, to: number): readonly boolean[] => {
			const values = this.#results(from, to).find(result => result.key === key)?.values ?? [];
			return Array.from({ length: to - from + 1 }, (_, at) => values[at] !== undefined);
		};
		const { first, last: end } = this.#breaking;
		// Several evaluations at once cost little more than one.
		const broke = holds(first, end);
		const beginning = first + broke.lastIndexOf(false) + 1;
		if (beginning > first && beginning <= end) return beginning;
		let without = broke[0] === true ? this.#first - 1 : end;
		let within = broke[0] === true ? first : last;
		while (within - without > 1) {
			const probe = this.#probes.find(each => each > without && each < within) ?? Math.floor((without + within) / 2);
			if (holds(probe, probe)[0] === true) within = probe;
			else without = probe;
		}
		return within;
	}

	#advance(from: number, to: number): void {
		this.#evaluated = to;
		const results = this.#results(from, to);
		for (let evaluation = from; evaluation <= to; evaluation++) {
			const at = evaluationTime(evaluation);
			for (const { key, labels, values } of results) {
				const value = values[evaluation - from];
				if (value === undefined) continue;
				const activeAt = this.#active.get(key)?.activeAt ?? at;
				this.#active.set(key, { labels, activeAt, until: at, value });
			}
			for (const [key, activity] of this.#active) {
				if (activity.until === at) continue;
				this.#active.delete(key);
				this.#ended.push(activity);
			}
		}
	}
}

type Result = { readonly key: string; readonly labels: Labels; readonly values: readonly (number | undefined)[] };
