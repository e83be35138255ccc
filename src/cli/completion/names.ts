import { redactEvidence, redactEvidenceField } from '../../analysis/redact-evidence.ts';
import type { Asking, Sources } from '../../investigation/ports.ts';
import { type Answer, answer } from '../../model/answer.ts';
import { hour, type Milliseconds, type TimeRange } from '../../model/time.ts';

/** Names that are looked up: of services, of firing alerts, of Loki's labels, or the values of one of these. */
export type Wanted =
	| { readonly kind: 'service' | 'alert' | 'labels' }
	| { readonly kind: 'values'; readonly label: string };

/** More names than these are not kept: nobody reads through them. */
export const mostNames = 1000;
const longestName = 200;

/** Labels that name a service, of a stream as of a series. */
const serviceLabels = ['service_name', 'service', 'app'] as const;

/**
 * The names that the servers have in the last hour, from all that answer before `signal` aborts; `undefined` when none does.
 * A name with a secret in it is none, nor is one that a terminal would take for a command.
 */
export async function lookUp(
	wanted: Wanted,
	sources: Sources,
	now: Milliseconds,
	signal: AbortSignal,
): Promise<readonly string[] | undefined> {
	const asking: Asking = { signal, record: () => {} };
	const range = { from: now - hour, to: now };
	// Asked with the others and not after them: a shell waits.
	const [found, jobs] = await Promise.all([
		namesOf(wanted, questions(wanted, sources, range, asking)),
		namesOf(wanted, wanted.kind === 'service' ? [jobsOf(sources, range, asking)] : []),
	]);
	return found === undefined || found.length === 0 ? (jobs ?? found) : found;
}

/** From all that answer; `undefined` when none does. */
async function namesOf(wanted: Wanted, asked: readonly Question[]): Promise<readonly string[] | undefined> {
	const settled = await Promise.allSettled(asked.map(each => each()));
	const answers = settled.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
	if (answers.length === 0) return undefined;
	const names = new Set(answers.flatMap(({ value }) => value).filter(name => isShown(wanted, name)));
	return [...names].sort().slice(0, mostNames);
}

/** What Prometheus calls who is scraped: services where no label names one. */
const jobsOf =
	({ metrics }: Sources, range: TimeRange, asking: Asking): Question =>
	() =>
		metrics.labelValues('job', [], range, mostNames, asking);

type Question = () => Promise<Answer<readonly string[]>>;

function questions(
	wanted: Wanted,
	{ logs, metrics, traces }: Sources,
	range: TimeRange,
	asking: Asking,
): readonly Question[] {
	switch (wanted.kind) {
		case 'labels':
			return [() => logs.labelNames(range, asking)];
		case 'values':
			return [() => logs.labelValues(wanted.label, undefined, range, asking)];
		case 'alert':
			return [() => metrics.labelValues('alertname', ['ALERTS{alertstate="firing"}'], range, mostNames, asking)];
		case 'service':
			return [
				...serviceLabels.flatMap((label): readonly Question[] => [
					() => logs.labelValues(label, undefined, range, asking),
					() => metrics.labelValues(label, [], range, mostNames, asking),
				]),
				async () => {
					const question = { attribute: serviceName, range, limit: mostNames };
					const values = await traces.attributeValues?.(question, asking);
					return answer((values?.value ?? []).map(({ text }) => text));
				},
			];
	}
}

const serviceName = { scope: 'resource', name: 'service.name' } as const;

function isShown(wanted: Wanted, name: string): boolean {
	const shown = wanted.kind === 'values' ? redactEvidenceField(wanted.label, name) : redactEvidence(name);
	return shown === name && name !== '' && name.length <= longestName && !/\p{C}/u.test(name);
}
