import { type Context, createContext, Script } from 'node:vm';
import type { World } from '../investigation/board.ts';

const call = new Script('work()');
const nothing = () => {};
const room: { work: () => void } = { work: nothing };
let context: Context | undefined;

/** One for all calls, made when it is first needed: making it takes longer than most of what is called. */
function contextFor(work: () => void): Context {
	room.work = work;
	context ??= createContext(room);
	return context;
}

/**
 * Runs work and gives it up after a time: regular expressions of JavaScript cannot be interrupted but by the machine that
 * runs them (https://nodejs.org/api/vm.html, `timeout`). What the work has done before stays done.
 */
export const bounded: NonNullable<World['bounded']> = (most, work) => {
	let done: ReturnType<typeof work> | undefined;
	const within = contextFor(() => {
		done = work();
	});
	try {
		call.runInContext(within, { timeout: most });
		return done;
	} catch (error) {
		if (isTimeout(error)) return undefined;
		throw error;
	} finally {
		// What the work holds, lines by the hundred thousand, is not kept for it.
		room.work = nothing;
	}
};

const isTimeout = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
