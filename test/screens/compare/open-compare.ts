import { comparedRequestsOf } from '../../../src/analysis/compared-requests.ts';
import { requestProfileOf } from '../../../src/analysis/request-profile.ts';
import { durationSampleOf } from '../../../src/analysis/slow-and-usual.ts';
import {
	type CompareFindings,
	type Comparison,
	noCompareFindings,
} from '../../../src/investigation/compare-findings.ts';
import type { Note } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { ComparePlace } from '../../../src/model/place.ts';
import { fixed, hour } from '../../../src/model/time.ts';
import { compare as screen } from '../../../src/screens/compare/index.ts';
import { type CompareState, lookAt } from '../../../src/screens/compare/state.ts';
import { paintCompare } from '../../../src/screens/compare/view.tsx';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';

export const comparedAt = 1_795_320_000_000;

/** Drawn requests of both sides, compared. */
export function comparisonOf(slow: readonly string[], usual: readonly string[]): Comparison {
	const profiles = { slow: slow.map(profileOf), usual: usual.map(profileOf) };
	const side = (name: keyof typeof profiles) => {
		const lengths = profiles[name].map(({ duration }) => duration / 1e6);
		const lasts = lengths.length === 0 ? undefined : { from: Math.min(...lengths), to: Math.max(...lengths) };
		return { query: undefined, chosen: lengths.length, read: lengths.length, lasts };
	};
	return {
		found: true,
		store: 'Tempo',
		root: { service: 'edge', operation: 'POST /pay' },
		sample: durationSampleOf([80, 90, 90, 100, 100, 100, 110, 120, 300]),
		limits: { slow: { from: 250 }, usual: { from: 90, to: 110 }, isGivenUsual: false },
		given: undefined,
		slow: side('slow'),
		usual: side('usual'),
		compared: comparedRequestsOf(profiles.slow, profiles.usual),
	};
}

const profileOf = (drawing: string) => requestProfileOf(traceFromText(drawing));

/** A comparison in somebody's hands: it takes keys and draws frames. */
export function openCompare(
	value: Comparison | { readonly found: false; readonly why: string; readonly query: string | undefined },
	options: {
		readonly size?: Size;
		readonly unicode?: boolean;
		readonly notes?: readonly Note[];
		readonly attributes?: NonNullable<ComparePlace['attributes']>;
	} = {},
) {
	const { size = { width: 80, height: 20 }, unicode = true, notes = [], attributes } = options;
	const window = fixed(comparedAt - hour, comparedAt);
	const place: ComparePlace = {
		kind: 'compare',
		service: 'edge',
		operation: 'POST /pay',
		...(attributes && { attributes }),
		window,
	};
	const findings: CompareFindings = { ...noCompareFindings, comparison: loaded({ value, notes }, comparedAt) };
	let state: CompareState = screen.initial(place);
	const shown = () => ({
		place,
		findings,
		state,
		range: { from: comparedAt - hour, to: comparedAt },
		now: comparedAt,
		size,
		timeFormat: 'utc' as const,
	});
	return {
		shown,
		/** Presses keys one after another; gives what the last one did. */
		presses(...keys: readonly string[]): Outcome<CompareState> | undefined {
			let outcome: Outcome<CompareState> | undefined;
			for (const key of keys) {
				const binding = screen.keys.find(each => each.keys.includes(key));
				outcome = key === 'escape' ? screen.escape?.(shown()) : binding?.run(shown());
				if (outcome?.type === 'stay') state = outcome.state;
			}
			return outcome;
		},
		/** `service operation` of the path under the cursor. */
		selected(): string | undefined {
			const path = lookAt(shown())?.selected;
			return path && `${path.service} ${path.operation}`;
		},
		frame: () =>
			frameOf(size.width, size.height, surface =>
				paintCompare(surface, { ...shown(), theme: createTheme('none', unicode) }),
			),
		headline: () => screen.headline(shown()),
	};
}
