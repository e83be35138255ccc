import fc, { type IRawProperty, type Parameters } from '../../node_modules/fast-check/lib/fast-check.js';

/** So many times as many runs as in `npm test`. */
const factor = Number(process.env.FUZZ_RUNS ?? 10);
/** Runs of a property that does not say how many (fast-check's own default). */
const usual = 100;
/** A property that has not failed by then is left. */
const longest = 120_000;

/** As fast-check's own, but for longer. A property fails with the seed that fails again. */
function assert<Values>(property: IRawProperty<Values>, parameters: Parameters<Values> = {}): Promise<void> | void {
	return Reflect.apply(fc.assert, fc, [
		property,
		{
			...parameters,
			numRuns: (parameters.numRuns ?? usual) * factor,
			interruptAfterTimeLimit: longest,
			markInterruptAsFailure: false,
		},
	]);
}

/** Stands in the place of fast-check for `npm run fuzz`: every property of the tests, as it is, with more runs. */
export default { ...fc, assert };
