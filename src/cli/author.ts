import { userInfo } from 'node:os';

/** In whose name something is silenced: as the profile says, else whoever is logged in here. */
export const authorOf = (saved: string | undefined, env: NodeJS.ProcessEnv): string =>
	saved ?? (env.USER || env.LOGNAME || accountName());

/** A container may run under a number that has no name. */
function accountName(): string {
	try {
		return userInfo().username;
	} catch {
		return 'smokejumper';
	}
}
