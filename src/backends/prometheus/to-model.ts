import type { AlertRule, RecordingRule, RecordingRules, RuleAlert } from '../../model/alert.ts';
import { type Answer, answer, type Note } from '../../model/answer.ts';
import { type Labels, labelsKey } from '../../model/labels.ts';
import type { Exemplar, Sample, Series } from '../../model/series.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Counted, TsdbStatus } from '../../model/tsdb.ts';
import { once } from '../once.ts';
import { unreadableNotes } from '../readable-items.ts';
import {
	type AlertsData,
	type AnsweredSeries,
	answeredPoints,
	type BuildInfoData,
	costs,
	type Envelope,
	type ExemplarsData,
	type MatrixElement,
	type QueryData,
	type RulesData,
	type TsdbData,
	type VectorElement,
	type WireAlert,
	type WireRule,
} from './schema.ts';

export const milliseconds = (seconds: number): Milliseconds => Math.round(seconds * 1000);

/** A sample's value as Go prints it: `1e-07`, `+Inf`, `NaN`. What is no number is NaN. */
export const parseValue = (text: string): number =>
	text === '+Inf' || text === 'Inf' ? Infinity : text === '-Inf' ? -Infinity : text === '' ? NaN : Number(text);

/** RFC 3339 with any number of digits; Go's zero time, `null` and what is no time are `undefined`. */
export function parseInstant(text: string | null | undefined): Milliseconds | undefined {
	const at = text == null || text.startsWith('0001-') ? NaN : Date.parse(text);
	return Number.isNaN(at) ? undefined : at;
}

const cutByServer = 'results truncated due to limit';

/**
 * What the server itself says of its answer. PromQL's own warnings (`PromQL warning: …`) are about the query; any other
 * comes from the storage, of which a part was cut or did not answer: Thanos and remote reads tell it nowhere else.
 */
export const notesOf = ({ warnings, infos, isPartial }: Omit<Envelope<unknown>, 'data'>): readonly Note[] => [
	...(isPartial === true ? [{ kind: 'partial', text: 'A part of the storage did not answer.' } as const] : []),
	...(warnings ?? []).map(text => ({ kind: text.startsWith('PromQL ') ? 'warning' : 'partial', text }) as const),
	...(infos ?? []).map(text => ({ kind: 'info', text }) as const),
];

/** The data of an answer as the model has it, with the server's notes and ours. */
export function mapped<Data, Value>(given: Envelope<Data>, toModel: (data: Data) => Answer<Value>): Answer<Value> {
	const { value, notes } = toModel(given.data);
	return answer(value, [...notesOf(given), ...notes]);
}

/** An instant vector. A scalar is a sample without labels; of a range the last value stands for it. */
export function samplesOf(data: QueryData): Answer<readonly Sample[]> {
	switch (data.resultType) {
		case 'vector':
			return answer(
				onceEach(data.result).flatMap(sampleIn),
				histogramNotes(data.result.map(({ histogram }) => histogram)),
			);
		case 'matrix': {
			const lasts = onceEach(data.result).map(({ metric, values }) => ({ metric, value: values?.at(-1) }));
			return answer(lasts.flatMap(sampleIn), [
				{ kind: 'info', text: 'The query gives ranges; the last value of each is here.' },
				...histogramNotes(data.result.map(({ histograms }) => histograms)),
			]);
		}
		case 'scalar':
			return answer(sampleIn({ metric: {}, value: data.result }));
		case 'string':
			return answer([], [textNote]);
	}
}

/** A range of values for each series. Anything but a matrix is the answer to another question and is left out. */
export function seriesOf(data: QueryData): Answer<readonly Series[]> {
	if (data.resultType !== 'matrix') {
		return answer(
			[],
			[data.resultType === 'string' ? textNote : { kind: 'warning', text: 'The query gives no range.' }],
		);
	}
	return answer(
		onceEach(data.result).flatMap(seriesIn),
		histogramNotes(data.result.map(({ histograms }) => histograms)),
	);
}

const onceEach = <Element extends { readonly metric: Labels }>(elements: readonly Element[]): readonly Element[] =>
	once(elements, ({ metric }) => labelsKey(metric));

const textNote: Note = { kind: 'warning', text: 'The query gives a text, not a number.' };

const sampleIn = ({ metric, value }: Pick<VectorElement, 'metric' | 'value'>): readonly Sample[] =>
	value === undefined ? [] : [{ labels: metric, at: milliseconds(value[0]), value: parseValue(value[1]) }];

function seriesIn({ metric, values }: MatrixElement): readonly Series[] {
	if (values === undefined) return [];
	const times = values.map(([at]) => milliseconds(at));
	return [{ labels: metric, times, values: values.map(([, value]) => parseValue(value)) }];
}

/** Native histograms are whole distributions; a chart of numbers has no place for them. */
function histogramNotes(histograms: readonly unknown[]): readonly Note[] {
	const count = histograms.filter(each => each !== undefined).length;
	if (count === 0) return [];
	const text = count === 1 ? '1 native histogram is left out.' : `${count} native histograms are left out.`;
	return [{ kind: 'partial', text }];
}

/** The first `limit` label sets of an answer for which one more was asked. */
export function cutSeries(told: readonly Labels[], limit: number): Answer<readonly Labels[]> {
	const found = once(told, labelsKey);
	if (found.length <= limit) return answer(found);
	return answer(found.slice(0, limit), [{ kind: 'partial', text: `There are more than these ${limit} series.` }]);
}

/** True for the server's own note that it cut a list. */
export const saysCut = ({ text }: Note): boolean => text === cutByServer;

export const exemplarsOf = (data: ExemplarsData): readonly Exemplar[] =>
	once(
		(data ?? []).flatMap(({ seriesLabels, exemplars }) =>
			(exemplars ?? []).map(({ labels, value, timestamp }) => ({
				labels,
				seriesLabels,
				at: milliseconds(timestamp),
				value: parseValue(value),
			})),
		),
		({ labels, seriesLabels, at }) => `${labelsKey(seriesLabels)} ${labelsKey(labels)} ${at}`,
	);

/** A server tells a group by its file and name; where no file is told, groups of one name may be several. */
const groupsOf = ({ groups }: RulesData): RulesData['groups'] =>
	once(
		groups.map((group, place) => ({ group, key: group.file === undefined ? place : `${group.file}\n${group.name}` })),
		({ key }) => String(key),
	).map(({ group }) => group);

/** The alerting rules of all groups. */
export function rulesOf(data: RulesData): Answer<readonly AlertRule[]> {
	const groups = groupsOf(data);
	const alerting = groups.flatMap(({ name, rules }) =>
		(rules?.items ?? []).flatMap(rule => (rule.type === 'alerting' ? [{ group: name, rule }] : [])),
	);
	const lost = groups.reduce((sum, { rules }) => sum + (rules?.unreadable ?? 0), 0);
	const lostAlerts = alerting.reduce((sum, { rule }) => sum + (rule.alerts?.unreadable ?? 0), 0);
	return answer(
		alerting.map(({ rule, group }) => ruleOf(rule, group)),
		[...unreadableNotes(lost, 'rule'), ...unreadableNotes(lostAlerts, 'alert')],
	);
}

/** The recording rules of all groups; names and expressions that are empty tell nothing. */
export function recordingsOf(data: RulesData): RecordingRules {
	const byName = new Map<string, RecordingRule[]>();
	for (const rule of groupsOf(data).flatMap(({ rules }) => rules?.items ?? [])) {
		if (rule.type !== 'recording' || rule.name === '' || rule.query === '') continue;
		const recording = { expression: rule.query, labels: rule.labels };
		const known = byName.get(rule.name);
		if (known === undefined) byName.set(rule.name, [recording]);
		else known.push(recording);
	}
	return byName;
}

const ruleOf = ({ name, query, duration = 0, alerts, ...rule }: WireRule, group: string): AlertRule => ({
	name,
	group,
	expression: query,
	holdFor: milliseconds(duration),
	labels: rule.labels,
	annotations: rule.annotations,
	health: rule.health,
	...(rule.lastError === undefined || rule.lastError === '' ? {} : { lastError: rule.lastError }),
	active: (alerts?.items ?? []).filter(isActive).map(alertOf),
});

/**
 * Active alerts as rules of which nothing but the alerts is known: for servers that keep their rules to themselves.
 * Without an expression there is no figure and no limit to show, which is noted.
 */
export function rulesOfAlerts({ alerts }: AlertsData): Answer<readonly AlertRule[]> {
	const byName = new Map<string, WireAlert[]>();
	for (const each of alerts.items.filter(isActive)) {
		const name = each.labels.alertname ?? '';
		byName.set(name, [...(byName.get(name) ?? []), each]);
	}
	const rules = [...byName].map(
		([name, active]): AlertRule => ({
			name,
			group: '',
			expression: '',
			holdFor: 0,
			labels: {},
			annotations: {},
			health: 'unknown',
			active: active.map(alertOf),
		}),
	);
	const note: Note = {
		kind: 'warning',
		text: 'The server shows its alerts but not their rules: limits are not known.',
	};
	return answer(rules, [note, ...unreadableNotes(alerts.unreadable, 'alert')]);
}

/** True for VictoriaMetrics, whose build information names a version at most; all others name what they were built from. */
export const isImitation = ({ revision, goVersion }: BuildInfoData): boolean =>
	revision === undefined && goVersion === undefined;

/** What an empty list of rules means there (https://docs.victoriametrics.com/victoriametrics/vmalert/). */
export const withoutVmalert: Note = {
	kind: 'partial',
	text: "VictoriaMetrics shows no rules unless vmalert is behind it (-vmalert.proxyURL): pending alerts are missing, and limits come from the alerts' own links.",
};

/** vmalert lists resolved alerts for a while, Grafana every healthy series. */
const isActive = ({ state }: WireAlert): boolean => !/^(?:inactive|normal)\b/i.test(state);

function alertOf({ labels, annotations, state, activeAt, value = '' }: WireAlert): RuleAlert {
	const at = parseInstant(activeAt);
	return {
		labels,
		annotations,
		state: /^alerting\b/i.test(state) ? 'firing' : state.toLowerCase(),
		...(at === undefined ? {} : { activeAt: at }),
		value: parseValue(value),
	};
}

/** `120 000 samples read` of Prometheus, `4 series, 1 ms` of VictoriaMetrics. */
export function costOf(json: unknown): string | undefined {
	const { data: known } = costs.safeParse(json);
	const samples = known?.data?.stats?.samples?.totalQueryableSamples;
	if (samples !== undefined) return `${grouped(samples)} samples read`;
	const stats = known?.stats;
	return stats === undefined ? undefined : `${stats.seriesFetched} series, ${stats.executionTimeMsec} ms`;
}

/** Samples that were read, as Prometheus counts them; where it does not, as many as were answered: at least these. */
export function samplesReadOf(json: unknown): number | undefined {
	const said = costs.safeParse(json).data?.data?.stats?.samples?.totalQueryableSamples;
	if (said !== undefined) return said;
	const { data } = answeredPoints.safeParse(json);
	return data?.data?.result.reduce<number>((sum, item) => sum + pointsIn(item), 0);
}

const pointsIn = ({ values, histograms }: AnsweredSeries): number =>
	values === undefined && histograms === undefined ? 1 : (values?.length ?? 0) + (histograms?.length ?? 0);

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');

/** A head without samples has the largest and the smallest instant there are. */
const latestInstant = Date.UTC(9999, 0);

export function tsdbOf(data: TsdbData): Answer<TsdbStatus> {
	const { numSeries, numLabelPairs, chunkCount = NaN, minTime, maxTime } = data.headStats ?? {};
	return answer({
		series: numSeries ?? data.totalSeries ?? NaN,
		labelPairs: numLabelPairs ?? data.totalLabelValuePairs ?? NaN,
		chunks: chunkCount,
		from: instantOf(minTime),
		to: instantOf(maxTime),
		seriesByMetric: countedOf(data.seriesCountByMetricName),
		valuesByLabel: countedOf(data.labelValueCountByLabelName),
		bytesByLabel: countedOf(data.memoryInBytesByLabelName),
		seriesByPair: countedOf(data.seriesCountByLabelValuePair),
	});
}

const instantOf = (at = NaN): Milliseconds => (Math.abs(at) > latestInstant ? NaN : at);

const countedOf = (counts: TsdbData['seriesCountByMetricName']): readonly Counted[] =>
	(counts ?? []).map(({ name, value }) => ({ name, count: value }));
