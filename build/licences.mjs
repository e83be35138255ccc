import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rule = `\n${'-'.repeat(80)}\n\n`;

/** Packages whose own words are in their sources alone, or that carry what others have made. */
const notices = {
	'yoga-layout': 'Copyright (c) Meta Platforms, Inc. and affiliates.',
	undici: 'Its WebAssembly is llhttp (MIT): Copyright Fedor Indutny, 2018.',
};

/** The packages of which anything is in a bundle, by esbuild's account of it. */
export function packagesIn({ outputs }) {
	const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
	const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
	return [...new Set(paths.flatMap(folderOf))].sort().map(readPackage);
}

/** Their licences: each text once. */
export function thirdPartyLicences(packages) {
	const usual = new Map(packages.map(({ license, text }) => [license, text]).filter(([, text]) => text !== undefined));
	const titles = {};
	for (const each of packages) {
		const text = each.text ?? usualText(each, usual);
		titles[text] = [...(titles[text] ?? []), each.title];
	}
	const parts = Object.entries(titles).map(([text, all]) => `${all.join('\n')}\n\n${text}\n`);
	return [`Parts of ${packages.length} packages are in smokejumper:\n`, ...parts].join(rule);
}

/** `node_modules/@scope/name`, wherever that stands; nothing for a file of our own. */
const folderOf = path => /^(?:[\w-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.slice(1) ?? [];

const isLicence = name => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(name);

function readPackage(folder) {
	const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const files = readdirSync(folder).filter(isLicence).sort();
	const text = files.map(file => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
	const by = notices[name] ?? (text === '' ? `By ${author?.name ?? author}` : undefined);
	const title = [`${name} ${version} (${license})`, ...(by === undefined ? [] : [by])].join('\n');
	return { name, version, license, title, ...(text === '' ? {} : { text }) };
}

/** Where a package brings no text: that of the licence it names, without the holders of another. */
function usualText({ name, license }, usual) {
	const text = usual.get(license);
	const [terms] =
		(license === 'MIT'
			? /Permission is hereby granted[\s\S]*/
			: /^\s*Apache License[\s\S]*END OF TERMS AND CONDITIONS/
		).exec(text) ?? [];
	if (terms === undefined) throw new Error(`There is no text for the licence of ${name}: ${license}.`);
	return terms;
}
