import { expect, test } from 'vitest';
import { answer } from '../../src/model/answer.ts';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';
import { traceFromText } from '../helpers/trace-from-text.ts';

/** The demo, whose Tempo gets the trace only with the given question, and pauses that end when they are told to. */
function lateWorld(arrivesWith: number) {
	const world = demoWorld();
	let asked = 0;
	const waiting: (() => void)[] = [];
	const traces = {
		...world.sources.traces,
		trace: async () => answer(++asked < arrivesWith ? undefined : traceFromText('api GET /berths :====')),
	};
	const sleep = (_: number, signal: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			waiting.push(resolve);
			signal.addEventListener('abort', () => {
				if (waiting.includes(resolve)) waiting.splice(waiting.indexOf(resolve), 1);
				reject(signal.reason);
			});
		});
	const sources = { ...world.sources, traces, tracesFrom: () => ({ name: 'Jaeger', byWindow: false }) };
	return { ...world, sources, sleep, asked: () => asked, endPause: () => waiting.shift()?.() };
}

test('a trace that was written this second is waited for, and drawn when it is there', async () => {
	const world = lateWorld(3);
	const operator = operate({ ...world, at: 'trace 73c8' });
	await operator.sees('Trace 73c8 is not in Jaeger.');
	await operator.sees('Asks again in 2 s. x stops.');
	world.endPause();
	await operator.sees('Asks again in 3 s. x stops.');
	world.endPause();
	await operator.sees('GET /berths');
	expect(world.asked()).toBe(3);
});

test('x ends the waiting, R asks once', async () => {
	const world = lateWorld(Number.POSITIVE_INFINITY);
	const operator = operate({ ...world, at: 'trace 73c8' });
	await operator.sees('Asks again in 2 s. x stops.');
	operator.presses('x');
	await operator.loses('Asks again');
	expect(world.asked()).toBe(1);
	operator.presses('R');
	await expect.poll(world.asked).toBe(2);
	expect(operator.frame()).not.toContain('Asks again');
});
