import type { Endpoint } from '../endpoint.ts';

/**
 * Where the way to a backend is set, behind the name of a field: `loki in profile prod-eu`. Options and variables name URLs
 * alone.
 */
export const settingsOf = ({ backend, origin, way }: Endpoint): string =>
	`${way?.under ?? backend} in ${origin.startsWith('profile ') ? origin : 'a profile (smokejumper profile add --help)'}`;
