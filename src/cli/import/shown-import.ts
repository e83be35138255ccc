import { existsSync } from 'node:fs';
import { paragraph, textOf, verbatim } from '../print/document.ts';
import type { Profile } from '../profiles/profile.ts';
import { backendsOf } from '../profiles/profile-list.ts';
import type { ProfileStore } from '../profiles/profile-store.ts';
import { shownProfile } from '../profiles/shown-profile.ts';
import type { Found } from './found.ts';
import { filesIn, literalsIn, variablesIn } from './secret-places.ts';

const columns = 80;
const asWide = Number.MAX_SAFE_INTEGER;

/** What would be saved, without its secrets, and what is to be known of it. Safe for a terminal: names in files of others may be anything. */
export function shownImport(name: string, found: Found, store: ProfileStore): string {
	const sentences = [...found.notes, ...replacedIn(name, found.profile, store), ...secretNotes(name, found)];
	const json = textOf([verbatim(shownProfile(found.profile).split('\n'))], asWide).trimEnd();
	return [json, ...sentences.map(sentence => textOf([paragraph(sentence)], columns).trimEnd())].join('\n\n');
}

function secretNotes(name: string, { profile, files }: Found): readonly string[] {
	const kept = files.map(({ path }) => path);
	const missing = filesIn(profile).filter(path => !kept.includes(path) && !existsSync(path));
	const about = (what: string, places: readonly string[], next = '') =>
		places.length === 0 ? [] : [`${what}: ${places.join(', ')}.${next}`];
	return [
		...about('Read from the environment whenever it is used', variablesIn(profile)),
		...about('Not on this machine, though named', missing),
		...about('Written beside the profiles, for your eyes alone', kept),
		...about(
			'Saved as it stands in the source, where a file or a variable would be better',
			literalsIn(profile),
			` smokejumper profile edit ${name} changes that.`,
		),
	];
}

function replacedIn(name: string, profile: Profile, store: ProfileStore): readonly string[] {
	try {
		const before = store.read().profiles[name];
		const replaced = before === undefined ? [] : backendsOf(profile).filter(each => backendsOf(before).includes(each));
		return replaced.length === 0 ? [] : [`${name} is there already: ${replaced.join(', ')} in it would be replaced.`];
	} catch {
		// Who saves is told of a file that cannot be read.
		return [];
	}
}
