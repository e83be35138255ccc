import type { ManagedAlert } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { Silence } from '../model/silence.ts';
import { formatMatcher } from './silence-matchers.ts';

/** A silence with the alerts that it keeps quiet now, by their labels; `undefined` while nobody has told of alerts. */
export type ListedSilence = { readonly silence: Silence; readonly muted: readonly Labels[] | undefined };

/** The silences that hold now or will, those first that end or begin soonest; in each of them every word occurs. */
export function listSilences(
	silences: readonly Silence[],
	alerts: readonly ManagedAlert[] | undefined,
	filter: string,
): readonly ListedSilence[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return silences
		.filter(({ state }) => state !== 'expired')
		.filter(silence => words.every(word => haystackOf(silence).includes(word)))
		.toSorted((a, b) => rankOf(a) - rankOf(b) || turnOf(a) - turnOf(b))
		.map(silence => ({
			silence,
			muted: alerts?.filter(({ silencedBy }) => silencedBy.includes(silence.id)).map(({ labels }) => labels),
		}));
}

const haystackOf = ({ state, createdBy, comment, matchers }: Silence): string =>
	[state, createdBy, comment, ...matchers.map(formatMatcher)].join(' ').toLowerCase();

const rankOf = ({ state }: Silence): number => (state === 'active' ? 0 : 1);

/** When it changes next by itself. */
const turnOf = ({ state, startsAt, endsAt }: Silence): number => (state === 'active' ? endsAt : startsAt);

/** What a silence is about, in a word or two: the alert that it names, else its first matcher. */
export function aboutOf({ matchers }: Pick<Silence, 'matchers'>): string {
	const [first] = matchers;
	const named = matchers.find(({ name, operator }) => name === 'alertname' && operator.startsWith('='));
	return named?.value ?? (first === undefined ? 'everything' : formatMatcher(first));
}
