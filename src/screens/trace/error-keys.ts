import { errorOrderOf, errorPlaceOf } from '../../analysis/error-order.ts';
import { refuse, stay } from '../screen.ts';
import { onSpan, type Run, selecting, type TraceBinding } from './select.ts';
import { lookAt, type TraceShown } from './state.ts';

/** The error that came of the selected one, or that it came of; from a sound span the first or the last one of all. */
const toError = (step: 1 | -1): Run =>
	onSpan((look, shown) => {
		const errors = errorOrderOf(look.reading.tree).filter(node => look.view.rowOf(node) !== undefined);
		const at = errors.indexOf(look.selected);
		const next = at < 0 ? (step === 1 ? 0 : errors.length - 1) : (at + step + errors.length) % errors.length;
		const target = errors[next];
		return target === undefined ? refuse('No span on show failed.') : stay(selecting(target, shown));
	});

/** `error 2 of 5` while one of several failed spans is selected, else how many failed. */
export function errorWords(shown: TraceShown): string {
	const look = lookAt(shown);
	if (look === undefined || look.reading.errors === 0) return 'no errors';
	const { errors, tree } = look.reading;
	const place = errorPlaceOf(tree, look.selected);
	return place === undefined ? `${errors} error${errors === 1 ? '' : 's'}` : `error ${place}`;
}

export const errorKeys: readonly TraceBinding[] = [
	{
		keys: ['e'],
		label: 'next error',
		help: 'Next failed span in the order of causes; from a span that did not fail the first one.',
		footer: 5,
		run: toError(1),
	},
	{
		keys: ['E'],
		label: 'previous error',
		help: 'Previous failed span in the order of causes.',
		run: toError(-1),
	},
];
