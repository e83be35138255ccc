import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { checkedUrl } from '../connections.ts';
import type { Profile } from '../profiles/profile.ts';
import { UsageError } from '../usage-error.ts';
import { type Findings, type Found, optional } from './found.ts';
import { readHttpConfig } from './http-config.ts';
import { checkedAs, readYaml } from './yaml-file.ts';

/** https://github.com/prometheus/alertmanager#configuration: the keys are the names of its options. */
const amtoolSchema = z.looseObject({
	'alertmanager.url': z.string(),
	author: z.optional(z.string()),
	'http.config.file': z.optional(z.string()),
});

/** Where amtool looks, in this order. */
export const amtoolPaths = (home: string): readonly string[] => [
	join(home, '.config', 'amtool', 'config.yml'),
	'/etc/amtool/config.yml',
];

/** Alertmanager as amtool's configuration says; that of its usual place when no path is given. Throws a `UsageError` for what is none. */
export function fromAmtool(given: string | undefined, home: string, findings: Findings): Found {
	const path = given ?? amtoolPaths(home).find(existsSync);
	if (path === undefined) {
		throw new UsageError(`There is no ${amtoolPaths(home).join(' and no ')}.`, 'Name the file behind --amtool.');
	}
	const [document] = readYaml(path);
	const config = checkedAs(amtoolSchema, document, path, 'configuration of amtool');
	const http = config['http.config.file'];
	const profile: Profile = {
		...optional('author', config.author || undefined),
		alertmanager: {
			url: checkedUrl(config['alertmanager.url'], `alertmanager.url in ${path}`),
			...(http ? readHttpConfig(http, 'alertmanager', findings) : {}),
		},
	};
	return { ...findings, profile };
}
