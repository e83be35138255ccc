import { describe, expect, test } from 'vitest';
import { serviceOfAlert } from '../../src/analysis/alert-service.ts';
import { signalQuestionOf } from '../../src/analysis/alert-signal.ts';
import { promSelector } from '../../src/analysis/promql-build.ts';
import type { Labels } from '../../src/model/labels.ts';

/** A rule, the labels of an alert of it, and the place that must come out. */
export type PlaceRow = {
	/** What the rule watches. */
	readonly rule: string;
	/** Absent for Grafana-managed rules, which have none. */
	readonly expression?: string;
	/** `service=till route=/pay`, as they come from the server. */
	readonly labels: string;
	/** Kind, name, route, then where it is: `workload till · namespace=shop`; `-` when nothing names one. */
	readonly place: string;
	readonly reason?: string;
	/** What is charted beside the alert, in its base unit; `-` when nothing is compared with a constant. */
	readonly limit: string;
	/** What selects the alert's series among those of the rule. */
	readonly series?: string;
};

/** The labels of a drawing: a value ends at the next space, or at its closing quote. */
export const labelsOf = (text: string): Labels =>
	Object.fromEntries(
		[...text.matchAll(/([^\s=]+)=("[^"]*"|\S*)/g)].map(([, name = '', value = '']) => [
			name,
			value.replaceAll('"', ''),
		]),
	);

/** What was found of an alert, drawn as in a `PlaceRow`. */
function drawn({ expression, labels }: PlaceRow): Omit<PlaceRow, 'rule' | 'labels' | 'expression'> {
	const found = serviceOfAlert({ labels: labelsOf(labels), ...(expression === undefined ? {} : { expression }) });
	const question = expression === undefined ? undefined : signalQuestionOf(expression);
	const limit =
		question === undefined ? '-' : `${question.unit.unit} ${question.threshold.operator} ${question.threshold.value}`;
	if (found === undefined) return { place: '-', limit };
	const { kind, service, route, reason, matchers } = found;
	const where = (['namespace', 'pod', 'node', 'instance'] as const).flatMap(name =>
		found[name] === undefined ? [] : [`${name}=${found[name]}`],
	);
	const who = [kind, service, route].filter(Boolean).join(' ');
	return {
		place: [who, where.join(' ')].filter(Boolean).join(' · '),
		reason,
		limit,
		series: promSelector(undefined, matchers),
	};
}

/** One test for each row; what a row leaves out is not looked at. */
export function describePlaces(title: string, rows: readonly PlaceRow[]): void {
	describe(title, () => {
		test.each(rows.map(row => [row.rule, row] as const))('%s', (_, row) => {
			const { rule, expression, labels, ...expected } = row;
			expect(drawn(row)).toMatchObject(expected);
			expect(expected.reason === undefined).toBe(expected.place === '-');
		});
	});
}
