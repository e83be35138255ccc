import type { Labels, Matcher } from '../../model/labels.ts';
import { hour, type Milliseconds } from '../../model/time.ts';
import { requestIdOf } from '../identifiers.ts';
import { labelsTest } from '../prometheus/label-test.ts';
import { type DemoReply, jsonReply } from '../route.ts';

export type SilenceMatcher = {
	readonly name: string;
	readonly value: string;
	readonly isRegex: boolean;
	readonly isEqual: boolean;
};

export type Silence = {
	readonly id: string;
	readonly matchers: readonly SilenceMatcher[];
	readonly startsAt: Milliseconds;
	readonly endsAt: Milliseconds;
	readonly updatedAt: Milliseconds;
	readonly createdBy: string;
	readonly comment: string;
};

/** The silences of the demo: one from the start, and those that are made in it. They last as long as the process. */
export class SilenceBook {
	readonly #now: () => Milliseconds;
	readonly #seed: number;
	readonly #silences = new Map<string, Silence>();

	constructor(now: () => Milliseconds, seed: number, beganAt: Milliseconds) {
		this.#now = now;
		this.#seed = seed;
		const matchers = [{ name: 'alertname', value: 'TracksideStaleReadings', isRegex: false, isEqual: true }];
		this.#put({
			id: this.#nextId(beganAt),
			matchers,
			startsAt: beganAt - 20 * hour,
			updatedAt: beganAt - 20 * hour,
			endsAt: beganAt + 100 * hour,
			createdBy: 'tracks on-call',
			comment: 'Sensors between Eisholm and Fiumara are being replaced; readings are interpolated meanwhile',
		});
	}

	/** IDs of the silences that are active now and match. */
	silencing(labels: Labels): readonly string[] {
		return [...this.#silences.values()]
			.filter(silence => this.#stateOf(silence) === 'active' && matches(silence, labels))
			.map(({ id }) => id);
	}

	list(): DemoReply {
		return jsonReply([...this.#silences.values()].toReversed().map(silence => this.#body(silence)));
	}

	get(id: string): DemoReply {
		const silence = this.#silences.get(id);
		return silence === undefined ? nothing(404) : jsonReply(this.#body(silence));
	}

	/** Ends a silence now; it stays in the list as expired. */
	expire(id: string): DemoReply {
		const silence = this.#silences.get(id);
		if (silence === undefined) return nothing(404);
		const now = this.#now();
		if (this.#stateOf(silence) !== 'expired') this.#put({ ...silence, endsAt: now, updatedAt: now });
		return nothing(200);
	}

	/** Creates a silence from a posted body, or says what is wrong with it as the real server does. */
	create(text: string): DemoReply {
		const body = parsedObject(text);
		if (body === undefined) return schemaFault(601, 'parsing body body from "" failed, because invalid JSON');
		const missing = ['matchers', 'startsAt', 'endsAt', 'createdBy', 'comment'].find(name => body[name] === undefined);
		if (missing !== undefined) return schemaFault(602, `${missing} in body is required`);
		const matchers = Array.isArray(body.matchers) ? body.matchers.map(matcherOf) : [];
		if (matchers.length === 0) return schemaFault(612, 'matchers in body should have at least 1 items');
		const sound = matchers.filter(matcher => matcher !== undefined);
		if (sound.length < matchers.length) return schemaFault(602, 'matchers.0.name in body is required');
		const now = this.#now();
		const startsAt = Math.max(now, Date.parse(String(body.startsAt)));
		const endsAt = Date.parse(String(body.endsAt));
		if (Number.isNaN(startsAt) || Number.isNaN(endsAt))
			return schemaFault(601, 'startsAt in body must be of type date-time');
		if (endsAt < now) return jsonReply("Failed to create silence: end time can't be in the past", 400);
		if (endsAt <= startsAt) return jsonReply('Failed to create silence: start time must be before end time', 400);
		const id = this.#nextId(now);
		const { createdBy, comment } = body;
		this.#put({
			id,
			matchers: sound,
			startsAt,
			endsAt,
			updatedAt: now,
			createdBy: String(createdBy),
			comment: String(comment),
		});
		return jsonReply({ silenceID: id });
	}

	#put(silence: Silence): void {
		this.#silences.set(silence.id, silence);
	}

	#nextId(at: Milliseconds): string {
		return requestIdOf({ second: Math.floor(at / 1000), index: 0x51000000 + this.#silences.size }, this.#seed);
	}

	#stateOf({ startsAt, endsAt }: Silence): 'active' | 'pending' | 'expired' {
		const now = this.#now();
		return endsAt <= now ? 'expired' : startsAt > now ? 'pending' : 'active';
	}

	#body(silence: Silence): unknown {
		const { id, matchers, startsAt, endsAt, updatedAt, createdBy, comment } = silence;
		const instant = (at: Milliseconds): string => new Date(at).toISOString();
		return {
			id,
			status: { state: this.#stateOf(silence) },
			updatedAt: instant(updatedAt),
			comment,
			createdBy,
			endsAt: instant(endsAt),
			matchers: matchers.map(({ isEqual, isRegex, name, value }) => ({ isEqual, isRegex, name, value })),
			startsAt: instant(startsAt),
		};
	}
}

const operatorOf = ({ isEqual, isRegex }: SilenceMatcher): Matcher['operator'] =>
	isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!=';

const matches = ({ matchers }: Silence, labels: Labels): boolean =>
	labelsTest(matchers.map(matcher => ({ ...matcher, operator: operatorOf(matcher) })))(labels);

const nothing = (status: number): DemoReply => ({ status, contentType: undefined, body: '' });

/** go-openapi's complaint about a body: 422 with a code of its own. */
const schemaFault = (code: number, message: string): DemoReply => jsonReply({ code, message }, 422);

const parsedObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? { ...value } : undefined;
	} catch {
		return undefined;
	}
};

const matcherOf = (value: unknown): SilenceMatcher | undefined => {
	if (typeof value !== 'object' || value === null || !('name' in value) || !('value' in value)) return undefined;
	return {
		name: String(value.name),
		value: String(value.value),
		isRegex: 'isRegex' in value && value.isRegex === true,
		isEqual: !('isEqual' in value) || value.isEqual !== false,
	};
};
