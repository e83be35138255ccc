import type { Labels, Matcher } from '../model/labels.ts';
import { stringLiteral } from './string-literal.ts';

/** By the usual name of a label what a series calls it: `{ pod: 'exported_pod' }`; empty when it calls it so. */
export type Spelling = { readonly [label: string]: string };

/**
 * What Kubernetes' labels are called elsewhere: where the scraper took the names for the exporter's own place
 * (`honor_labels` is false), and by cAdvisor before Kubernetes 1.16. The exporter's place is never what is meant.
 */
export const exportedSpelling: Spelling = {
	namespace: 'exported_namespace',
	pod: 'exported_pod',
	container: 'exported_container',
};
export const oldSpelling: Spelling = { pod: 'pod_name', container: 'container_name' };

const kubernetesMetric = /^(?:container|kube|kubelet)_|^node_namespace_pod_container:/;

/** How this series of Kubernetes spells its labels. */
export function spellingOf(labels: Labels): Spelling {
	if (!kubernetesMetric.test(labels.__name__ ?? '')) return {};
	const old = Object.entries(oldSpelling).filter(([usual]) => labels[usual] === undefined);
	const spelled = [...old, ...Object.entries(exportedSpelling)].filter(([, own]) => labels[own] !== undefined);
	return Object.fromEntries(spelled);
}

/** The series with the usual names. */
export const withUsualNames = (labels: Labels, spelling: Spelling): Labels => ({
	...labels,
	...Object.fromEntries(Object.entries(spelling).map(([usual, own]) => [usual, labels[own] ?? ''])),
});

export const spelled = (matchers: readonly Matcher[], spelling: Spelling): readonly Matcher[] =>
	matchers.map(matcher => ({ ...matcher, name: spelling[matcher.name] ?? matcher.name }));

/** True when a matcher is on a label that is spelled otherwise there. */
export const isSpelled = (matchers: readonly Matcher[], spelling: Spelling): boolean =>
	matchers.some(({ name }) => spelling[name] !== undefined);

export const isSameSpelling = (a: Spelling, b: Spelling): boolean =>
	[...new Set([...Object.keys(a), ...Object.keys(b)])].every(usual => a[usual] === b[usual]);

/**
 * A template in which every aggregation by `$by` gives the usual labels, so that what one exporter says can stand beside
 * what another says: `sum by (pod) (x)` becomes `sum by (pod) (label_replace(x, "pod", "$1", "exported_pod", "(.+)"))`.
 */
export function aggregatedByUsualNames(template: string, spellingIn: (inner: string) => Spelling): string {
	const start = /by \(\$by[^)]*\) \(/.exec(template);
	if (start === null) return template;
	const from = start.index + start[0].length;
	const to = closingParenthesis(template, from);
	const inner = template.slice(from, to);
	const renamed = Object.entries(spellingIn(inner)).reduce(
		(text, [usual, own]) => `label_replace(${text}, ${stringLiteral(usual)}, "$1", ${stringLiteral(own)}, "(.+)")`,
		inner,
	);
	return `${template.slice(0, from)}${renamed}${aggregatedByUsualNames(template.slice(to), spellingIn)}`;
}

/** Where the parenthesis is closed that was opened before `from`; strings in the tables' templates hold none. */
function closingParenthesis(text: string, from: number): number {
	let open = 1;
	for (let index = from; index < text.length; index++) {
		if (text[index] === '(') open++;
		else if (text[index] === ')' && --open === 0) return index;
	}
	return text.length;
}
