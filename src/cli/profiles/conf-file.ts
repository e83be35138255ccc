import { basename, dirname } from 'node:path';
import Conf from 'conf';

/** What the file is to hold, and how it looks. */
export type ConfFile = {
	/** In the order in which they are written. */
	readonly values: Readonly<Record<string, unknown>>;
	/** What stands before the first key. */
	readonly indent: string;
};

/** The text of such a file. */
export const confText = ({ values, indent }: ConfFile): string => `${JSON.stringify(values, null, indent)}\n`;

/**
 * Writes the values with `conf`, for the owner's eyes alone and down to the disk; to a path where nothing is yet, so that
 * none of it is taken for values that `conf` has to keep. Throws the system's error.
 */
export function writeConf(path: string, file: ConfFile): void {
	const conf = new Conf<Record<string, unknown>>({
		cwd: dirname(path),
		configName: basename(path),
		fileExtension: '',
		configFileMode: 0o600,
		accessPropertiesByDotNotation: false,
		serialize: values => confText({ ...file, values }),
	});
	conf.store = { ...file.values };
}
