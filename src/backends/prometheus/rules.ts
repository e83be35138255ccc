import type { AlertRule, RecordingRules } from '../../model/alert.ts';
import { type Answer, answer } from '../../model/answer.ts';
import { type Failure, FailureError, type FailureKind, failureOf } from '../../model/failure.ts';
import { whoOf } from '../endpoint.ts';
import type { Asking, Http, HttpRequest } from '../http.ts';
import { createRecordingsMemory } from './recordings.ts';
import { alertsAnswer, buildInfoAnswer, type Envelope, type RulesData, rulesAnswer } from './schema.ts';
import { isImitation, mapped, recordingsOf, rulesOf, rulesOfAlerts, withoutVmalert } from './to-model.ts';

export const buildInfoPath = '/api/v1/status/buildinfo';

/** How a server says that it has nothing under a path, or nothing for us; what we want may be had under another. */
export const hidesPath: readonly FailureKind[] = ['not-found', 'forbidden'];

const everyRule: HttpRequest = { path: '/api/v1/rules' };
const alertingRules: HttpRequest = { path: '/api/v1/rules', parameters: [['type', 'alert']] };

/**
 * The alerting rules with their active alerts, and with what the series that they name are recorded from; the alerts
 * alone where the server keeps its rules to itself.
 */
export function createRulesAsking(http: Http): (asking: Asking) => Promise<Answer<readonly AlertRule[]>> {
	const imitates = createImitationCheck(http);
	const memory = createRecordingsMemory();
	return async asking => {
		try {
			const { given, told } = await askRules(http, memory.wantsMore(), asking);
			const { value, notes } = mapped(given, rulesOf);
			const rules = memory.withRecordings(value, told);
			const isPlaceholder = given.data.groups.length === 0 && (await imitates(asking));
			return answer(rules, isPlaceholder ? [...notes, withoutVmalert] : notes);
		} catch (error) {
			const failure = failureOf(error);
			if (isOfGateway(failure)) throw new FailureError(await rulesFailure(failure, http, asking));
			if (!hidesPath.includes(failure.kind)) throw error;
			const alerts = await http.json({ path: '/api/v1/alerts' }, alertsAnswer, asking).catch(() => undefined);
			if (alerts === undefined) throw error;
			return mapped(alerts, rulesOfAlerts);
		}
	};
}

type Given = {
	readonly given: Envelope<RulesData>;
	/** What is recorded; absent where it was not asked for. */
	readonly told?: RecordingRules;
};

/** One answer with rules of both kinds; where that is too much for one answer, the alerting ones alone. */
async function askRules(http: Http, wantsMore: boolean, asking: Asking): Promise<Given> {
	const alone = async () => http.json(alertingRules, rulesAnswer, asking);
	if (!wantsMore) return { given: await alone() };
	try {
		const given = await http.json(everyRule, rulesAnswer, asking);
		return { given, told: recordingsOf(given.data) };
	} catch (error) {
		if (failureOf(error).kind !== 'too-large') throw error;
		return { given: await alone(), told: new Map() };
	}
}

/** Whether the server is VictoriaMetrics; asked once, unless it could not be told. */
function createImitationCheck(http: Http): (asking: Asking) => Promise<boolean> {
	let known: boolean | undefined;
	return async asking => {
		try {
			known ??= isImitation((await http.json({ path: buildInfoPath }, buildInfoAnswer, asking)).data);
		} catch (error) {
			const { kind } = failureOf(error);
			if (kind === 'cancelled') throw error;
			if (kind === 'not-found') known = false;
		}
		return known ?? false;
	};
}

/** What stands between speaks, and not the server. */
const isOfGateway = ({ status = 0 }: Failure): boolean => status >= 502 && status <= 504;

/**
 * VictoriaMetrics passes questions about rules on to vmalert, gateways of Mimir to its ruler: when the server tells its
 * build at this moment, only what keeps the rules is away.
 */
async function rulesFailure(failure: Failure, http: Http, asking: Asking): Promise<Failure> {
	const build = await http.json({ path: buildInfoPath }, buildInfoAnswer, asking).catch(() => undefined);
	if (build === undefined) return failure;
	const keeper = isImitation(build.data) ? 'vmalert runs where -vmalert.proxyURL says' : 'its ruler runs';
	return {
		...failure,
		what: `${whoOf(http.endpoint)} answers, but what keeps its rules does not (${failure.status}).`,
		next: `Press R to ask again; if it stays, check that ${keeper}.`,
	};
}
