import type { Demo } from './demo.ts';
import { type Operator, operate } from './operator.tsx';

/** From the first alert of the demo down to the trace of a request that failed, by `enter` alone. */
export async function walkToTrace(world: Demo, columns = 80, rows = 24): Promise<Operator> {
	const operator = operate({ ...world, columns, rows });
	await operator.sees('ConciergeBookingEr');
	operator.presses('enter');
	await operator.sees(/ERRORS\s+\d/);
	operator.presses('enter');
	await operator.sees('request done');
	operator.presses('enter');
	await operator.sees(/\d lines/);
	operator.presses('enter');
	await operator.sees(/% of .* is manifest SELECT/);
	return operator;
}
