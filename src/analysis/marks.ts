import type { Grid, Series } from '../model/series.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import type { MarkQuery } from './mark-queries.ts';
import { redactEvidenceField } from './redact-evidence.ts';

/** Something that was done to the service, or happened to it: a mark on the time axis. */
export type Mark = {
	readonly at: Milliseconds;
	/** It may have been up to so much earlier; 0 when the instant is known. */
	readonly within: Milliseconds;
} & (
	| { readonly kind: 'deploy'; readonly from: string; readonly to: string }
	/** The deployment was changed, and no new version was seen. */
	| { readonly kind: 'change'; readonly generation: number }
	/** Pods or instances, the first first. */
	| { readonly kind: 'restart'; readonly who: readonly string[] }
);

type Deploy = Extract<Mark, { readonly kind: 'deploy' }>;
type Change = Extract<Mark, { readonly kind: 'change' }>;
type Restart = Extract<Mark, { readonly kind: 'restart' }>;

export type MarkAnswer = { readonly query: MarkQuery; readonly series: readonly Series[] };

/** A crash loop must not fill the axis; the newest tell most. */
export const mostMarks = 30;

/** Two sources tell of one release within this, and so long it may take until all processes are of the new one. */
const rollout: Milliseconds = 5 * minute;
/** Restarts so close to each other are one mark. */
const together: Milliseconds = minute;
/** A process is scraped some time after it started. */
const unscraped: Milliseconds = minute;

/**
 * The marks that the answers tell of, in the order of time, each event once: a release has the instant at which its
 * first process started, and the starts of its other processes are no restarts.
 */
export function marksOf(answers: readonly MarkAnswer[], grid: Grid): readonly Mark[] {
	const starts = answersOf(answers, 'starts').flatMap(({ series }) => startsOf(series, grid));
	const seen = answersOf(answers, 'version').map(answer => deploysOf(answer, grid));
	const deploys = seen
		.flatMap((each, source) => each.filter(deploy => !seen.slice(0, source).flat().some(near(deploy, rollout))))
		.map(deploy => startedAt(deploy, starts));
	const changes = answersOf(answers, 'generation')
		.flatMap(({ series }) => changesOf(series, grid))
		.filter(change => !deploys.some(near(change, rollout)));
	const own = starts.filter((start, index) => !isOfRollout(start, starts.slice(0, index), deploys));
	const counted = answersOf(answers, 'restarts')
		.flatMap(({ series }) => restartsOf(series, grid))
		.filter(restart => !starts.some(near(restart, 2 * grid.step + unscraped)));
	const restarts = joined([...own, ...counted].toSorted(byTime));
	return [...deploys, ...changes, ...restarts].toSorted(byTime).slice(-mostMarks);
}

const byTime = (a: Mark, b: Mark): number => a.at - b.at;

const answersOf = (answers: readonly MarkAnswer[], kind: MarkQuery['kind']): readonly MarkAnswer[] =>
	answers.filter(({ query }) => query.kind === kind);

const near =
	({ at }: Mark, most: Milliseconds) =>
	(other: Mark): boolean =>
		Math.abs(other.at - at) <= most;

/**
 * A release is a version that is there and was not when last anything was: a gap in which nothing was seen is no
 * release, and what is there from the beginning of the window was released before it.
 */
function deploysOf({ query: { label = '' }, series }: MarkAnswer, { step }: Grid): readonly Deploy[] {
	const versions = new Map<Milliseconds, string[]>();
	for (const { labels, times } of series) {
		const version = versionIn(label, labels[label] ?? '');
		for (const at of version === '' ? [] : times) versions.set(at, [...(versions.get(at) ?? []), version]);
	}
	const found: Deploy[] = [];
	let before: readonly string[] | undefined;
	for (const [at, present] of [...versions].toSorted(([a], [b]) => a - b)) {
		const to = present.find(version => !before?.includes(version));
		const from = before?.find(version => version === found.at(-1)?.to) ?? before?.[0];
		if (to !== undefined && from !== undefined) found.push({ kind: 'deploy', at, within: step, from, to });
		before = present;
	}
	return found;
}

/** `registry.example/team/fares:2.14.0` is told by its tag, `…@sha256:0a1b…` by the beginning of its digest. */
function versionIn(label: string, value: string): string {
	if (label !== 'image') return redactEvidenceField(label, value);
	const [name = '', digest] = value.split('@');
	const tag = /:([^/:]+)$/.exec(name)?.[1];
	return tag ?? digest?.replace(/^[^:]*:/, '').slice(0, 7) ?? name;
}

/** The release at the moment its first process started, if a process did start then. */
function startedAt(deploy: Deploy, starts: readonly Restart[]): Deploy {
	const earliest = deploy.at - deploy.within - unscraped;
	const first = starts.find(({ at }) => at >= earliest && at <= deploy.at);
	return first === undefined ? deploy : { ...deploy, at: first.at, within: 0 };
}

/** The first start of each process in a rollout is the rollout. */
const isOfRollout = (start: Restart, before: readonly Restart[], deploys: readonly Deploy[]): boolean =>
	deploys.some(
		deploy =>
			start.at >= deploy.at - deploy.within &&
			start.at <= deploy.at + rollout &&
			!before.some(({ at, who: [name] }) => name === start.who[0] && at >= deploy.at - deploy.within),
	);

/** The instants at which processes started, as these say themselves. */
function startsOf(series: readonly Series[], { from, to }: Grid): readonly Restart[] {
	return series
		.flatMap(({ labels, values }) =>
			[...new Set(values)].map(
				(value): Restart => ({ kind: 'restart', at: value * second, within: 0, who: [whoIn(labels)] }),
			),
		)
		.filter(({ at }) => at >= from && at <= to)
		.toSorted(byTime);
}

const whoIn = ({ pod, k8s_pod_name, instance }: Series['labels']): string => pod ?? k8s_pod_name ?? instance ?? '';

/** Each stretch of points without a gap in which a container restarted is one restart, seen at its first point. */
const restartsOf = (series: readonly Series[], { step }: Grid): readonly Restart[] =>
	series.flatMap(({ labels, times }) =>
		times
			.filter((at, index) => at - (times[index - 1] ?? Number.NEGATIVE_INFINITY) > step)
			.map((at): Restart => ({ kind: 'restart', at, within: step, who: [whoIn(labels)] })),
	);

const changesOf = (series: readonly Series[], { step }: Grid): readonly Change[] =>
	series.flatMap(({ times, values }) =>
		times.flatMap((at, index): readonly Change[] => {
			const [before, generation] = [values[index - 1], values[index]];
			const changed = before !== undefined && generation !== undefined && generation > before;
			return changed ? [{ kind: 'change', at, within: step, generation }] : [];
		}),
	);

/** Restarts one soon after another become one of several. */
function joined(restarts: readonly Restart[]): readonly Restart[] {
	const found: Restart[] = [];
	for (const restart of restarts) {
		const last = found.at(-1);
		if (last === undefined || restart.at - last.at > together) found.push(restart);
		else found[found.length - 1] = { ...last, who: [...new Set([...last.who, ...restart.who])] };
	}
	return found;
}
