import { createContext, Script } from 'node:vm';
import type { World } from '../investigation/board.ts';

const call = new Script('work()');

/**
 * Runs work and gives it up after a time: regular expressions of JavaScript cannot be interrupted but by the machine that
 * runs them (https://nodejs.org/api/vm.html, `timeout`). What the work has done before stays done.
 */
export const bounded: NonNullable<World['bounded']> = (most, work) => {
	const room: { readonly work: () => void; done?: ReturnType<typeof work> } = {
		work: () => {
			room.done = work();
		},
	};
	try {
		call.runInContext(createContext(room), { timeout: most });
		return room.done;
	} catch (error) {
		if (isTimeout(error)) return undefined;
		throw error;
	}
};

const isTimeout = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
