import { posix, win32 } from 'node:path';

export type Home = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: string;
	/** The operator's home folder. */
	readonly home: string;
};

/**
 * Where the profiles are kept: in `SMOKEJUMPER_CONFIG_DIR`, else in the platform's folder for configuration, the one
 * that `conf` would choose; found here without loading it, because that takes longer than all else before the first frame.
 */
export function profilesPath({ env, platform, home }: Home): string {
	const { join } = platform === 'win32' ? win32 : posix;
	return join(env.SMOKEJUMPER_CONFIG_DIR || configurationFolder({ env, platform, home }), 'profiles.json');
}

function configurationFolder({ env, platform, home }: Home): string {
	if (platform === 'darwin') return posix.join(home, 'Library', 'Preferences', 'smokejumper');
	if (platform !== 'win32') return posix.join(env.XDG_CONFIG_HOME || posix.join(home, '.config'), 'smokejumper');
	return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'smokejumper', 'Config');
}
