import type { Command } from 'commander';
import { type Behind, behindGrafana } from '../../backends/grafana/choose.ts';
import { type AddOptions, connectionForms, type Form, groupedHelp, optionsOf } from '../profiles/add-options.ts';

/** The options of `profile import`, as commander names them; how Grafana is reached is said as in `profile add`. */
export type ImportOptions = AddOptions & {
	readonly direct?: true;
	readonly logcli?: true;
	/** True without a path. */
	readonly amtool?: string | true;
	readonly httpConfig?: string;
	readonly kubeService?: readonly string[];
	readonly kubeContext?: string;
	readonly yes?: true;
	readonly dryRun?: true;
};

const bearer: Form = { flags: '--bearer', about: 'the token of a service account', isSecret: true };

/** Those of `profile import` alone; the others say how the backends are reached that it names. */
export const importKeys: readonly (keyof ImportOptions)[] = [
	'grafanaUrl',
	'dataSource',
	'direct',
	'logcli',
	'amtool',
	'httpConfig',
	'kubeService',
	'kubeContext',
	'yes',
	'dryRun',
];

/** What the help says of each source; the options of a connection are those of `profile add`. */
const shown: Readonly<Record<string, readonly Form[]>> = {
	'A Grafana that runs, which is asked for its data sources:': [
		{ flags: '--grafana-url <url>', about: 'one profile through its proxy, which keeps their secrets' },
		bearer,
		{ flags: '--direct', about: 'their own URLs; their secrets it does not tell' },
		{
			flags: '--data-source <backend=name>',
			about: 'which, where there are several of a kind; of files too',
			isList: true,
		},
	],
	'Other programs:': [
		{ flags: '--logcli', about: 'LOKI_ADDR and its like, of the environment' },
		{ flags: '--amtool [file]', about: '~/.config/amtool/config.yml when absent, then that in /etc' },
		{ flags: '--http-config <file>', about: "promtool's --http.config.file, for what is named with it:" },
		{ flags: '--BACKEND-url <url>', about: `${behindGrafana.join(', ')}` },
	],
	'A Kubernetes cluster, through its API:': [
		{ flags: '--kube-service <backend=service>', about: 'as loki=monitoring/loki:3100', isList: true },
		{ flags: '--kube-context <name>', about: 'of the kubeconfig; its current one when absent' },
	],
	'Before it is saved:': [
		{ flags: '--yes', about: 'without the question' },
		{ flags: '--dry-run', about: 'only show what would be saved' },
	],
};

const urlForms: readonly Form[] = behindGrafana.map((backend: Behind) => ({
	flags: `--${backend}-url <url>`,
	about: '',
}));

const moreText = `
FILEs are of Grafana's provisioning: datasources.yaml, also within Helm's values
or a ConfigMap. $NAME and \${NAME} of secrets stay what they are: variables.
SOURCE is env, file, command or keychain. How Grafana itself is reached is said
with the options of profile add: --basic-user, --header, --tls-ca, --proxy, ….
`;

/** Adds `import` with its options to a command. */
export function defineImport(command: Command): Command {
	const forms = Object.values(shown).flat();
	const own = forms.filter(form => form !== bearer && !form.flags.startsWith('--BACKEND'));
	const add = command
		.command('import <name> [file...]')
		.description("take a profile over from Grafana's files, or from elsewhere")
		.configureHelp({ visibleOptions: () => groupedHelp(shown), minWidthToWrap: 30 })
		.addHelpText('after', moreText);
	const known = new Set(own.map(({ flags }) => flags));
	const others = [...urlForms, ...connectionForms].filter(({ flags }) => !known.has(flags));
	for (const option of [...own, ...others].flatMap(optionsOf)) add.addOption(option);
	return add;
}
