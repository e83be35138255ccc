import type { SilenceWish } from '../analysis/silence-form.ts';
import { alertLabels, firedQuery, mostFired } from '../analysis/silence-preview.ts';
import { acknowledgedFor, acknowledgementBy } from '../analysis/silence-words.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { Labels, Matcher } from '../model/labels.ts';
import { type Milliseconds, minute } from '../model/time.ts';
import type { World } from './board.ts';
import type { Asking } from './ports.ts';

/** A change to the world that the operator has confirmed: data, so that `update` can ask for it and stay pure. */
export type Change =
	| ({ readonly kind: 'silence'; readonly about: string } & SilenceWish)
	/** A short silence of exactly one alert, marked as such. */
	| { readonly kind: 'acknowledge'; readonly about: string; readonly matchers: readonly Matcher[] }
	| { readonly kind: 'expire'; readonly about: string; readonly id: string };

/** What has come of a change. */
export type Changed =
	| { readonly kind: 'made'; readonly id: string; readonly until: Milliseconds }
	| { readonly kind: 'ended' };

/** What is asked and done outside of any place: for the dialogs. Every method rejects with a `FailureError`. */
export type Silencing = {
	/** The label sets of the alerts that fired in the last 24 h, as Prometheus knows them; a cut is noted. */
	firedLately(asking: Asking): Promise<Answer<readonly Labels[]>>;
	/** Done once; a failure says whether it may have been done all the same. */
	make(change: Change, asking: Asking): Promise<Changed>;
};

/**
 * Our clock may run ahead of the server's: what began in the past begins at once, what begins in the future would be
 * pending till then.
 */
const slack: Milliseconds = 5 * minute;

/** Silences in the name of `author`. */
export const silencingIn = ({ sources, now }: World, author: string): Silencing => ({
	async firedLately(asking) {
		const { value, notes } = await sources.metrics.query(firedQuery, undefined, asking);
		const cut = { kind: 'partial', text: `Only ${mostFired} of the alerts that fired are known.` } as const;
		return answer(
			value.map(({ labels }) => alertLabels(labels)),
			value.length < mostFired ? notes : [...notes, cut],
		);
	},
	async make(change, asking) {
		if (change.kind === 'expire') {
			await sources.alerts.expireSilence(change.id, asking);
			return { kind: 'ended' };
		}
		const { matchers, length, comment } =
			change.kind === 'silence' ? change : { ...change, length: acknowledgedFor, comment: acknowledgementBy(author) };
		const until = now() + length;
		const silence = { matchers, startsAt: now() - slack, endsAt: until, createdBy: author, comment };
		const { value: id } = await sources.alerts.createSilence(silence, asking);
		return { kind: 'made', id, until };
	},
});
