import type { ProfilesPort } from '../../src/app/profiles-port.ts';

const refused = () => Promise.reject(new Error('Nobody sees to profiles here.'));

/** For those who see to no profiles. */
export const noProfiles: ProfilesPort = {
	list: refused,
	save: refused,
	copy: refused,
	rename: refused,
	remove: refused,
	open: refused,
	check: refused,
	rest: refused,
};
